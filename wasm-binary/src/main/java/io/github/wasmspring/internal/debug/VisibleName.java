package io.github.wasmspring.internal.debug;

/** Names that are somebody else's and may be anything, as they are shown to people. */
public final class VisibleName {

  private VisibleName() {}

  /**
   * The name without anything that would break a line or hide in it.
   *
   * @param most how many characters are kept
   */
  public static String of(String name, int most) {
    StringBuilder shown = new StringBuilder();
    name.codePoints()
        .limit(most)
        .map(each -> isVisible(each) ? each : '_')
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  private static boolean isVisible(int character) {
    return !Character.isISOControl(character)
        && !Character.isWhitespace(character)
        && !Character.isSpaceChar(character)
        && Character.getType(character) != Character.FORMAT
        && Character.getType(character) != Character.SURROGATE;
  }
}
