package io.github.wasmspring.verification.engines;

import java.util.List;

/** Numbers around which instructions change what they do, and now and then any others. */
final class NastyNumbers {

  private static final List<Integer> INTS =
      List.of(
          0,
          1,
          -1,
          2,
          3,
          4,
          7,
          8,
          15,
          16,
          31,
          32,
          33,
          63,
          64,
          0x7f,
          0x80,
          0xff,
          0x7fff,
          0x8000,
          0xffff,
          0x10000,
          0x55555555,
          Integer.MAX_VALUE,
          Integer.MIN_VALUE,
          Integer.MIN_VALUE + 1,
          -2,
          -128,
          -32768);

  private static final List<Long> LONGS =
      List.of(
          0xffff_ffffL,
          0x1_0000_0000L,
          0x7fff_ffffL,
          0x8000_0000L,
          -0x8000_0000L,
          -0x8000_0001L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          Long.MIN_VALUE + 1,
          0x20_0000_0000_0001L,
          0x7fff_ff40_0000_0000L,
          0x8000_0080_0000_0001L,
          0x0100_0001_0000_0001L);

  private static final List<Integer> FLOATS =
      List.of(
          0,
          0x80000000,
          0x3f800000,
          0xbf800000,
          0x3f000000,
          0xbf000000,
          0x3effffff,
          0x3fc00000,
          0xc0200000,
          0x7f800000,
          0xff800000,
          0x7fc00000,
          0xffc00000,
          0x7fa00000,
          0xffa12345,
          0x7f800001,
          0x7fffffff,
          1,
          0x80000001,
          0x007fffff,
          0x00800000,
          0x7f7fffff,
          0xff7fffff,
          0x4f000000,
          0xcf000000,
          0xcf000001,
          0x4effffff,
          0x4f800000,
          0x4f7fffff,
          0x5f000000,
          0xdf000000,
          0xdf000001,
          0x5effffff,
          0x5f800000,
          0x5f7fffff,
          0xbf7fffff,
          0x4b000001,
          0x4b7fffff,
          0x4affffff);

  private static final List<Long> DOUBLES =
      List.of(
          0L,
          Long.MIN_VALUE,
          bits(1),
          bits(-1),
          bits(0.5),
          bits(-0.5),
          bits(1.5),
          bits(-2.5),
          bits(0.49999999999999994),
          bits(-0.9999999999999999),
          bits(Double.POSITIVE_INFINITY),
          bits(Double.NEGATIVE_INFINITY),
          0x7ff8000000000000L,
          0xfff8000000000000L,
          0x7ff4000000000000L,
          0xfff0000000000001L,
          0x7fffffffffffffffL,
          1L,
          0x800fffffffffffffL,
          bits(Double.MIN_NORMAL),
          bits(Double.MAX_VALUE),
          bits(-Double.MAX_VALUE),
          bits(2147483647.0),
          bits(2147483647.9),
          bits(2147483648.0),
          bits(-2147483648.9),
          bits(-2147483649.0),
          bits(4294967295.0),
          bits(4294967295.9),
          bits(4294967296.0),
          bits(0x1p63),
          bits(-0x1p63),
          bits(-0x1.0000000000001p63),
          bits(0x1.fffffffffffffp62),
          bits(0x1p64),
          bits(0x1.fffffffffffffp63),
          bits(0x1p52 + 1),
          bits(0x1p53 - 1),
          bits(3.4028235677973366e38),
          bits(1.1754943e-38),
          bits(16777217.0));

  /** Two zeros of different signs seldom meet otherwise. */
  private static final int ZEROS = 5;

  private NastyNumbers() {}

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  /** The bits of a number of the type, in the low half for the narrow ones. */
  static long of(GuestType type, Dice dice) {
    return switch (type) {
      case I32 -> i32(dice);
      case I64 -> i64(dice);
      case F32 -> dice.oneIn(4) ? Float.floatToRawIntBits(i32(dice)) : f32(dice);
      case F64 -> dice.oneIn(4) ? bits(i64(dice)) : f64(dice);
      default -> throw new IllegalArgumentException(type + " is no number");
    };
  }

  private static int i32(Dice dice) {
    return switch (dice.below(4)) {
      case 0 -> (int) dice.bits() >> dice.below(32);
      case 1 -> dice.below(20);
      default -> dice.pick(INTS);
    };
  }

  private static long i64(Dice dice) {
    return switch (dice.below(4)) {
      case 0 -> dice.bits() >> dice.below(64);
      case 1 -> i32(dice);
      case 2 -> i32(dice) & 0xffff_ffffL;
      default -> dice.pick(LONGS);
    };
  }

  private static int f32(Dice dice) {
    if (dice.oneIn(ZEROS)) {
      return dice.oneIn(2) ? 0 : Integer.MIN_VALUE;
    }
    return dice.oneIn(6) ? (int) dice.bits() : dice.pick(FLOATS);
  }

  private static long f64(Dice dice) {
    if (dice.oneIn(ZEROS)) {
      return dice.oneIn(2) ? 0 : Long.MIN_VALUE;
    }
    return dice.oneIn(6) ? dice.bits() : dice.pick(DOUBLES);
  }
}
