package io.github.wasmspring.internal.client;

import io.github.wasmspring.testing.ModuleMaker;

/** Versions of one module: {@code answer (i32) -> i32}, right ones and wrong ones. */
final class RolloutGuests {

  /** What beans see of them. */
  interface Answering {
    int answer(int number);
  }

  private RolloutGuests() {}

  /** Answers with a number below 64, whatever it is given. */
  static byte[] answering(int number) {
    return guest("00 41 %02x 0b".formatted(number));
  }

  /** Answers, but traps at each number that can be divided by 20. */
  static byte[] failingOneInTwenty(int number) {
    return guest("00 20 00 41 14 70 45 04 40 00 0b 41 %02x 0b".formatted(number));
  }

  /** Answers after it has counted to 20 million. */
  static byte[] slow(int number) {
    return guest(
        "01 01 7f 41 80 da c4 09 21 01 03 40 20 01 41 01 6b 22 01 0d 00 0b 41 %02x 0b"
            .formatted(number));
  }

  /** Never answers. */
  static byte[] hanging() {
    return guest("00 03 40 0c 00 0b 41 02 0b");
  }

  /** Never answers if it is given 1. */
  static byte[] hangingAtOne(int number) {
    return guest("00 20 00 41 01 46 04 40 03 40 0c 00 0b 0b 41 %02x 0b".formatted(number));
  }

  /** Asks the oracle, and adds a number below 64. */
  static byte[] asking(int more) {
    return new ModuleMaker()
        .type("60 01 7f 01 7f")
        .imports("oracle", "answer", "00 00")
        .function(0, "00 20 00 10 00 41 %02x 6a 0b".formatted(more))
        .export("answer", ModuleMaker.FUNCTION, 1)
        .bytes();
  }

  /** Imports what nobody has. */
  static byte[] unlinkable() {
    return new ModuleMaker()
        .type("60 01 7f 01 7f")
        .imports("nobody", "knows", "00 00")
        .function(0, "00 41 02 0b")
        .export("answer", ModuleMaker.FUNCTION, 1)
        .bytes();
  }

  /** Takes another type of number. */
  static byte[] ofOtherType() {
    return new ModuleMaker()
        .type("60 01 7d 01 7f")
        .function(0, "00 41 02 0b")
        .export("answer", ModuleMaker.FUNCTION, 0)
        .bytes();
  }

  private static byte[] guest(String body) {
    return new ModuleMaker()
        .type("60 01 7f 01 7f")
        .function(0, body)
        .export("answer", ModuleMaker.FUNCTION, 0)
        .bytes();
  }
}
