package io.github.wasmspring.internal.engine.jvm.run;

/**
 * Instructions that move lanes of vectors, make them wider or narrower, on one half of 64 bits
 * each. What widens takes the lower 32 bits of its operand. Public for generated code, not for
 * applications.
 */
public final class LaneShapes {

  private LaneShapes() {}

  private static long pack(int a, int b) {
    return a & 0xffff_ffffL | (long) b << 32;
  }

  public static long splat8(int a) {
    return (a & 0xff) * 0x0101010101010101L;
  }

  public static long splat16(int a) {
    return (a & 0xffff) * 0x0001000100010001L;
  }

  public static long splat32(int a) {
    return pack(a, a);
  }

  /**
   * Puts a lane of some bits where it belongs.
   *
   * @param shift where the lane begins
   * @param mask one lane of ones, at the bottom
   */
  public static long replace(long a, long lane, int shift, long mask) {
    return a & ~(mask << shift) | (lane & mask) << shift;
  }

  public static long andnot(long a, long b) {
    return a & ~b;
  }

  public static long bitselect(long a, long b, long mask) {
    return IntegerLanes.choose(mask, a, b);
  }

  public static long extend8U(long a) {
    long pairs = extend16U(a);
    return (pairs | pairs << 8) & 0x00ff00ff00ff00ffL;
  }

  public static long extend8S(long a) {
    long lanes = extend8U(a);
    return lanes | (lanes >>> 7 & 0x0001000100010001L) * 0xff00;
  }

  public static long extend16U(long a) {
    return a & 0xffff | (a & 0xffff_0000L) << 16;
  }

  public static long extend16S(long a) {
    return pack((short) a, (int) a >> 16);
  }

  public static long extend32U(long a) {
    return a & 0xffff_ffffL;
  }

  public static long extend32S(long a) {
    return (int) a;
  }

  private static long byteOf(int value, int lane) {
    return (value & 0xffL) << 8 * lane;
  }

  private static int signed8(long a, int lane) {
    return Math.max(Byte.MIN_VALUE, Math.min((short) (a >>> 16 * lane), Byte.MAX_VALUE));
  }

  private static int unsigned8(long a, int lane) {
    return Math.max(0, Math.min((short) (a >>> 16 * lane), 0xff));
  }

  private static long narrowHalf16S(long a) {
    return byteOf(signed8(a, 0), 0)
        | byteOf(signed8(a, 1), 1)
        | byteOf(signed8(a, 2), 2)
        | byteOf(signed8(a, 3), 3);
  }

  private static long narrowHalf16U(long a) {
    return byteOf(unsigned8(a, 0), 0)
        | byteOf(unsigned8(a, 1), 1)
        | byteOf(unsigned8(a, 2), 2)
        | byteOf(unsigned8(a, 3), 3);
  }

  /** Both halves of one vector. */
  public static long narrow16S(long low, long high) {
    return narrowHalf16S(low) | narrowHalf16S(high) << 32;
  }

  public static long narrow16U(long low, long high) {
    return narrowHalf16U(low) | narrowHalf16U(high) << 32;
  }

  private static int signed16(int a) {
    return Math.max(Short.MIN_VALUE, Math.min(a, Short.MAX_VALUE)) & 0xffff;
  }

  private static int unsigned16(int a) {
    return Math.max(0, Math.min(a, 0xffff));
  }

  public static long narrow32S(long low, long high) {
    return pack(
        signed16((int) low) | signed16((int) (low >>> 32)) << 16,
        signed16((int) high) | signed16((int) (high >>> 32)) << 16);
  }

  public static long narrow32U(long low, long high) {
    return pack(
        unsigned16((int) low) | unsigned16((int) (low >>> 32)) << 16,
        unsigned16((int) high) | unsigned16((int) (high >>> 32)) << 16);
  }

  /** What the indices of one half choose; those that are too big choose zero. */
  public static long swizzle(long low, long high, long indices) {
    long chosen = 0;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      int index = (int) (indices >>> shift) & 0xff;
      long lane = (index < 8 ? low : high) >>> 8 * index & 0xff;
      chosen |= (index < 16 ? lane : 0) << shift;
    }
    return chosen;
  }

  /** The same for two vectors, by indices that are not too big. */
  public static long shuffle(long aLow, long aHigh, long bLow, long bHigh, long indices) {
    long chosen = 0;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      int index = (int) (indices >>> shift) & 0xff;
      long half = index < 16 ? index < 8 ? aLow : aHigh : index < 24 ? bLow : bHigh;
      chosen |= (half >>> 8 * index & 0xff) << shift;
    }
    return chosen;
  }
}
