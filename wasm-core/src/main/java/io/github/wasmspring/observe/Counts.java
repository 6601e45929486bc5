package io.github.wasmspring.observe;

/** Numbers of things as people say them. */
final class Counts {

  private Counts() {}

  /** E.g. {@code 1 module} and {@code 1,200 modules}. */
  static String of(long number, String one, String several) {
    return "%,d %s".formatted(number, number == 1 ? one : several);
  }
}
