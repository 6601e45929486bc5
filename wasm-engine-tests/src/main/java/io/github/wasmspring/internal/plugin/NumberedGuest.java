package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.testing.ModuleMaker;

/** Modules that answer with a number, so that one can tell which of them runs. */
final class NumberedGuest {

  private NumberedGuest() {}

  /**
   * @param number 0 to 63
   */
  static byte[] bytes(int number) {
    return module(number).bytes();
  }

  /** One that wants of the host what that does not have. */
  static byte[] unlinkable(int number) {
    return new ModuleMaker()
        .type("60 00 01 7f")
        .imports("env", "missing", "00 00")
        .function(0, "00 41 %02x 0b".formatted(number))
        .export("answer", ModuleMaker.FUNCTION, 1)
        .bytes();
  }

  /** One that begins as a module does. */
  static byte[] broken() {
    return new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 127, 127, 127};
  }

  private static ModuleMaker module(int number) {
    return new ModuleMaker()
        .type("60 00 01 7f")
        .function(0, "00 41 %02x 0b".formatted(number))
        .export("answer", ModuleMaker.FUNCTION, 0);
  }
}
