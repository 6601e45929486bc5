package io.github.wasmspring.internal.engine.jvm.run;

/**
 * Instructions on vectors of {@code float}s, on the two lanes of one half each. Public for
 * generated code, not for applications.
 */
public final class FloatLanes {

  private FloatLanes() {}

  private static float first(long a) {
    return Float.intBitsToFloat((int) a);
  }

  private static float second(long a) {
    return Float.intBitsToFloat((int) (a >>> 32));
  }

  private static long pack(int a, int b) {
    return a & 0xffff_ffffL | (long) b << 32;
  }

  private static long pack(float a, float b) {
    return pack(Float.floatToRawIntBits(a), Float.floatToRawIntBits(b));
  }

  private static long mask(boolean a, boolean b) {
    return (a ? 0xffff_ffffL : 0) | (b ? 0xffff_ffff_0000_0000L : 0);
  }

  public static long ceil(long a) {
    return pack(Arithmetic.ceil(first(a)), Arithmetic.ceil(second(a)));
  }

  public static long floor(long a) {
    return pack(Arithmetic.floor(first(a)), Arithmetic.floor(second(a)));
  }

  public static long truncate(long a) {
    return pack(Arithmetic.truncate(first(a)), Arithmetic.truncate(second(a)));
  }

  public static long nearest(long a) {
    return pack(Arithmetic.nearest(first(a)), Arithmetic.nearest(second(a)));
  }

  public static long sqrt(long a) {
    return pack(Arithmetic.sqrt(first(a)), Arithmetic.sqrt(second(a)));
  }

  public static long add(long a, long b) {
    return pack(first(a) + first(b), second(a) + second(b));
  }

  public static long sub(long a, long b) {
    return pack(first(a) - first(b), second(a) - second(b));
  }

  public static long mul(long a, long b) {
    return pack(first(a) * first(b), second(a) * second(b));
  }

  public static long div(long a, long b) {
    return pack(first(a) / first(b), second(a) / second(b));
  }

  public static long min(long a, long b) {
    return pack(Arithmetic.min(first(a), first(b)), Arithmetic.min(second(a), second(b)));
  }

  public static long max(long a, long b) {
    return pack(Arithmetic.max(first(a), first(b)), Arithmetic.max(second(a), second(b)));
  }

  /** The second if it is less, as bits. */
  public static long pmin(long a, long b) {
    long second = mask(first(b) < first(a), second(b) < second(a));
    return IntegerLanes.choose(second, b, a);
  }

  /** The second if it is more, as bits. */
  public static long pmax(long a, long b) {
    long second = mask(first(a) < first(b), second(a) < second(b));
    return IntegerLanes.choose(second, b, a);
  }

  public static long eq(long a, long b) {
    return mask(first(a) == first(b), second(a) == second(b));
  }

  public static long ne(long a, long b) {
    return mask(first(a) != first(b), second(a) != second(b));
  }

  public static long lt(long a, long b) {
    return mask(first(a) < first(b), second(a) < second(b));
  }

  public static long gt(long a, long b) {
    return mask(first(a) > first(b), second(a) > second(b));
  }

  public static long le(long a, long b) {
    return mask(first(a) <= first(b), second(a) <= second(b));
  }

  public static long ge(long a, long b) {
    return mask(first(a) >= first(b), second(a) >= second(b));
  }

  /** Rounds twice. */
  public static long madd(long a, long b, long c) {
    return pack(first(a) * first(b) + first(c), second(a) * second(b) + second(c));
  }

  /** Rounds twice. */
  public static long nmadd(long a, long b, long c) {
    return pack(first(c) - first(a) * first(b), second(c) - second(a) * second(b));
  }

  public static long splat(float a) {
    int bits = Float.floatToRawIntBits(a);
    return pack(bits, bits);
  }

  public static long ofInts(long a) {
    return pack((float) (int) a, (float) (int) (a >>> 32));
  }

  public static long ofUnsignedInts(long a) {
    return pack((float) (a & 0xffff_ffffL), (float) (a >>> 32));
  }

  public static long toInts(long a) {
    return pack((int) first(a), (int) second(a));
  }

  public static long toUnsignedInts(long a) {
    return pack(
        Arithmetic.saturateUnsignedInt(first(a)), Arithmetic.saturateUnsignedInt(second(a)));
  }

  /** Both lanes of {@code double}s. */
  public static long demote(long low, long high) {
    return pack((float) Double.longBitsToDouble(low), (float) Double.longBitsToDouble(high));
  }
}
