package io.github.wasmspring.internal.engine.jvm.run;

/**
 * Instructions on vectors of {@code double}s, on the one lane of a half each. Public for generated
 * code, not for applications.
 */
public final class DoubleLanes {

  private DoubleLanes() {}

  private static double lane(long a) {
    return Double.longBitsToDouble(a);
  }

  private static long bits(double a) {
    return Double.doubleToRawLongBits(a);
  }

  private static long mask(boolean a) {
    return a ? -1 : 0;
  }

  public static long ceil(long a) {
    return bits(Arithmetic.ceil(lane(a)));
  }

  public static long floor(long a) {
    return bits(Arithmetic.floor(lane(a)));
  }

  public static long truncate(long a) {
    return bits(Arithmetic.truncate(lane(a)));
  }

  public static long nearest(long a) {
    return bits(Arithmetic.nearest(lane(a)));
  }

  public static long sqrt(long a) {
    return bits(Math.sqrt(lane(a)));
  }

  public static long add(long a, long b) {
    return bits(lane(a) + lane(b));
  }

  public static long sub(long a, long b) {
    return bits(lane(a) - lane(b));
  }

  public static long mul(long a, long b) {
    return bits(lane(a) * lane(b));
  }

  public static long div(long a, long b) {
    return bits(lane(a) / lane(b));
  }

  public static long min(long a, long b) {
    return bits(Arithmetic.min(lane(a), lane(b)));
  }

  public static long max(long a, long b) {
    return bits(Arithmetic.max(lane(a), lane(b)));
  }

  /** The second if it is less, as bits. */
  public static long pmin(long a, long b) {
    return lane(b) < lane(a) ? b : a;
  }

  /** The second if it is more, as bits. */
  public static long pmax(long a, long b) {
    return lane(a) < lane(b) ? b : a;
  }

  public static long eq(long a, long b) {
    return mask(lane(a) == lane(b));
  }

  public static long ne(long a, long b) {
    return mask(lane(a) != lane(b));
  }

  public static long lt(long a, long b) {
    return mask(lane(a) < lane(b));
  }

  public static long gt(long a, long b) {
    return mask(lane(a) > lane(b));
  }

  public static long le(long a, long b) {
    return mask(lane(a) <= lane(b));
  }

  public static long ge(long a, long b) {
    return mask(lane(a) >= lane(b));
  }

  /** Rounds twice. */
  public static long madd(long a, long b, long c) {
    return bits(lane(a) * lane(b) + lane(c));
  }

  /** Rounds twice. */
  public static long nmadd(long a, long b, long c) {
    return bits(lane(c) - lane(a) * lane(b));
  }

  /** Of the lower 32 bits, as all that widens. */
  public static long promote(long a) {
    return bits(Float.intBitsToFloat((int) a));
  }

  public static long ofInt(long a) {
    return bits((int) a);
  }

  public static long ofUnsignedInt(long a) {
    return bits(a & 0xffff_ffffL);
  }

  /** Both lanes. */
  public static long toInts(long low, long high) {
    return (int) lane(low) & 0xffff_ffffL | (long) (int) lane(high) << 32;
  }

  public static long toUnsignedInts(long low, long high) {
    return Arithmetic.saturateUnsignedInt(lane(low)) & 0xffff_ffffL
        | (long) Arithmetic.saturateUnsignedInt(lane(high)) << 32;
  }
}
