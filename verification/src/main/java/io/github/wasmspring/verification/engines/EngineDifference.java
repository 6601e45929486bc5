package io.github.wasmspring.verification.engines;

/**
 * The first answer in which two engines are not the same.
 *
 * @param answer its position
 */
record EngineDifference(String oracle, int answer, String expected, String found) {

  /** Whether it may have the same cause. */
  boolean isLike(EngineDifference other) {
    return this.oracle.equals(other.oracle)
        && word(this.expected).equals(word(other.expected))
        && word(this.found).equals(word(other.found));
  }

  /** Numbers change where a module is reduced, what was at stake does not. */
  private static String word(String answer) {
    return answer.startsWith("trap ") ? answer : answer.split("[ :]", 2)[0];
  }

  @Override
  public String toString() {
    return "answer %d: %s has %n  %s%ninstead of, by %s,%n  %s"
        .formatted(this.answer, "the engine", this.found, this.oracle, this.expected);
  }
}
