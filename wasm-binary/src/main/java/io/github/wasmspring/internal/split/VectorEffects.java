package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.BinaryCursor;

/** What instructions on vectors take from the stack and leave there, and what follows them. */
public final class VectorEffects {

  private static final int LAST = 0x113;
  private static final int STORE = 0x0b;
  private static final int CONSTANT = 0x0c;
  private static final int SHUFFLE = 0x0d;
  private static final int CHOOSE = 0x52;
  private static final int FIRST_STORED_LANE = 0x58;
  private static final int LAST_LANE = 0x5b;

  private VectorEffects() {}

  static boolean areKnown(int number) {
    return number <= LAST;
  }

  /** Whether it reads or writes a memory. */
  public static boolean isAccess(int number) {
    return number <= STORE || accessesLane(number) || number == 0x5c || number == 0x5d;
  }

  private static boolean accessesLane(int number) {
    return number >= 0x54 && number <= LAST_LANE;
  }

  /** Whether it has a vector, or the indices of its lanes, in the code. */
  static boolean hasLanes(int number) {
    return number == CONSTANT || number == SHUFFLE;
  }

  static void skipImmediates(int number, BinaryCursor in) {
    if (hasLanes(number)) {
      in.skip(2 * Long.BYTES);
    } else if (number >= 0x15 && number <= 0x22 || accessesLane(number)) {
      in.octet();
    }
  }

  private static boolean replacesLane(int number) {
    return switch (number) {
      case 0x17, 0x1a, 0x1c, 0x1e, 0x20, 0x22 -> true;
      default -> false;
    };
  }

  static int pops(int number) {
    if (number == CONSTANT) {
      return 0;
    }
    if (isAccess(number)) {
      return number == STORE || accessesLane(number) ? 2 : 1;
    }
    if (number <= 0x22) {
      return number == SHUFFLE || number == 0x0e || replacesLane(number) ? 2 : 1;
    }
    return number == CHOOSE || isTernary(number) ? 3 : isUnary(number) ? 1 : 2;
  }

  private static boolean isTernary(int number) {
    return number >= 0x105 && number <= 0x10c || number == LAST;
  }

  private static boolean isUnary(int number) {
    if (number >= 0x80 && number <= 0xdf) {
      int kind = number & 0x1f;
      return number == 0x94 || kind != 2 && kind <= 0x0a && kind != 5 && kind != 6;
    }
    return switch (number) {
      case 0x4d, 0x53, 0x5e, 0x5f, 0x60, 0x61, 0x62, 0x63, 0x64, 0x67, 0x68, 0x69, 0x6a -> true;
      case 0x74, 0x75, 0x7a, 0x7c, 0x7d, 0x7e, 0x7f -> true;
      case 0xe0, 0xe1, 0xe3, 0xec, 0xed, 0xef, 0x101, 0x102, 0x103, 0x104 -> true;
      default -> number >= 0xf8 && number <= 0xff;
    };
  }

  static int pushes(int number) {
    boolean stores = number == STORE || number >= FIRST_STORED_LANE && number <= LAST_LANE;
    return stores ? 0 : 1;
  }
}
