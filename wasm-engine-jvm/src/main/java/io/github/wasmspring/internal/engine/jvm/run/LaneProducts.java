package io.github.wasmspring.internal.engine.jvm.run;

/**
 * Products of vectors of integers, on one half of 64 bits each, and sums of neighbours. What widens
 * takes the lower 32 bits of its operands. Public for generated code, not for applications.
 */
public final class LaneProducts {

  private LaneProducts() {}

  private static int byteAt(long a, int lane) {
    return (byte) (a >>> 8 * lane);
  }

  private static int shortAt(long a, int lane) {
    return (short) (a >>> 16 * lane);
  }

  private static long pack(int a, int b) {
    return a & 0xffff_ffffL | (long) b << 32;
  }

  private static long pack(int a, int b, int c, int d) {
    return pack(a & 0xffff | b << 16, c & 0xffff | d << 16);
  }

  public static long mul16(long a, long b) {
    return pack(
        (int) a * (int) b,
        (int) (a >>> 16) * (int) (b >>> 16),
        (int) (a >>> 32) * (int) (b >>> 32),
        (int) (a >>> 48) * (int) (b >>> 48));
  }

  public static long mul32(long a, long b) {
    return pack((int) a * (int) b, (int) (a >>> 32) * (int) (b >>> 32));
  }

  private static int q15(int a, int b) {
    return Math.min(a * b + 0x4000 >> 15, Short.MAX_VALUE);
  }

  public static long q15mulrSatS(long a, long b) {
    return pack(
        q15(shortAt(a, 0), shortAt(b, 0)),
        q15(shortAt(a, 1), shortAt(b, 1)),
        q15(shortAt(a, 2), shortAt(b, 2)),
        q15(shortAt(a, 3), shortAt(b, 3)));
  }

  public static long dot16(long a, long b) {
    return pack(
        shortAt(a, 0) * shortAt(b, 0) + shortAt(a, 1) * shortAt(b, 1),
        shortAt(a, 2) * shortAt(b, 2) + shortAt(a, 3) * shortAt(b, 3));
  }

  private static int dot8(long a, long b, int lane) {
    int sum = byteAt(a, lane) * byteAt(b, lane) + byteAt(a, lane + 1) * byteAt(b, lane + 1);
    return Math.min(sum, Short.MAX_VALUE);
  }

  /** Both operands are signed, and sums saturate. */
  public static long relaxedDot8(long a, long b) {
    return pack(dot8(a, b, 0), dot8(a, b, 2), dot8(a, b, 4), dot8(a, b, 6));
  }

  public static long relaxedDotAdd8(long a, long b, long c) {
    return pack(
        dot8(a, b, 0) + dot8(a, b, 2) + (int) c, dot8(a, b, 4) + dot8(a, b, 6) + (int) (c >>> 32));
  }

  public static long extmul8S(long a, long b) {
    return pack(
        byteAt(a, 0) * byteAt(b, 0),
        byteAt(a, 1) * byteAt(b, 1),
        byteAt(a, 2) * byteAt(b, 2),
        byteAt(a, 3) * byteAt(b, 3));
  }

  public static long extmul8U(long a, long b) {
    return mul16(LaneShapes.extend8U(a), LaneShapes.extend8U(b));
  }

  public static long extmul16S(long a, long b) {
    return pack(shortAt(a, 0) * shortAt(b, 0), shortAt(a, 1) * shortAt(b, 1));
  }

  public static long extmul16U(long a, long b) {
    return pack((char) a * (char) b, (char) (a >>> 16) * (char) (b >>> 16));
  }

  public static long extmul32S(long a, long b) {
    return (long) (int) a * (int) b;
  }

  public static long extmul32U(long a, long b) {
    return (a & 0xffff_ffffL) * (b & 0xffff_ffffL);
  }

  public static long extadd8U(long a) {
    return (a & 0x00ff00ff00ff00ffL) + (a >>> 8 & 0x00ff00ff00ff00ffL);
  }

  public static long extadd8S(long a) {
    return pack(
        byteAt(a, 0) + byteAt(a, 1),
        byteAt(a, 2) + byteAt(a, 3),
        byteAt(a, 4) + byteAt(a, 5),
        byteAt(a, 6) + byteAt(a, 7));
  }

  public static long extadd16U(long a) {
    return (a & 0x0000ffff0000ffffL) + (a >>> 16 & 0x0000ffff0000ffffL);
  }

  public static long extadd16S(long a) {
    return pack(shortAt(a, 0) + shortAt(a, 1), shortAt(a, 2) + shortAt(a, 3));
  }
}
