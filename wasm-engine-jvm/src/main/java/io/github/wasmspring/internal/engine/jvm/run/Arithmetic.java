package io.github.wasmspring.internal.engine.jvm.run;

/**
 * What the JVM's instructions do differently. Public for generated code, not for applications.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/numerics.html">Numerics</a>
 */
public final class Arithmetic {

  private static final int SIGN = 0x8000_0000;
  private static final double TWO_TO_31 = 0x1p31;
  private static final double TWO_TO_32 = 0x1p32;
  private static final double TWO_TO_63 = 0x1p63;
  private static final double TWO_TO_64 = 0x1p64;

  private Arithmetic() {}

  public static RuntimeException unreachable() {
    return new Trap("unreachable");
  }

  public static int divide(int a, int b) {
    if (b == 0) {
      throw byZero();
    }
    if (a == Integer.MIN_VALUE && b == -1) {
      throw new Trap(Trap.OVERFLOW);
    }
    return a / b;
  }

  public static long divide(long a, long b) {
    if (b == 0) {
      throw byZero();
    }
    if (a == Long.MIN_VALUE && b == -1) {
      throw new Trap(Trap.OVERFLOW);
    }
    return a / b;
  }

  public static int divideUnsigned(int a, int b) {
    if (b == 0) {
      throw byZero();
    }
    return Integer.divideUnsigned(a, b);
  }

  public static int remainderUnsigned(int a, int b) {
    if (b == 0) {
      throw byZero();
    }
    return Integer.remainderUnsigned(a, b);
  }

  public static long divideUnsigned(long a, long b) {
    if (b == 0) {
      throw byZero();
    }
    return Long.divideUnsigned(a, b);
  }

  public static long remainderUnsigned(long a, long b) {
    if (b == 0) {
      throw byZero();
    }
    return Long.remainderUnsigned(a, b);
  }

  /**
   * What the division itself would throw has no stack any more once HotSpot has seen it often, here
   * and so for all modules.
   */
  private static ArithmeticException byZero() {
    return new ArithmeticException("/ by zero");
  }

  public static long lessUnsigned(long a, long b) {
    return Long.compareUnsigned(a, b) < 0 ? 1 : 0;
  }

  /** The JDK has it from 18 on. */
  public static long multiplyHighUnsigned(long a, long b) {
    return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
  }

  public static float abs(float a) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(a) & ~SIGN);
  }

  public static double abs(double a) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(a) & Long.MAX_VALUE);
  }

  /** Adding makes a signalling NaN quiet, which what the JDK does here need not. */
  public static float min(float a, float b) {
    return Float.isNaN(a) || Float.isNaN(b) ? a + b : Math.min(a, b);
  }

  public static float max(float a, float b) {
    return Float.isNaN(a) || Float.isNaN(b) ? a + b : Math.max(a, b);
  }

  public static double min(double a, double b) {
    return Double.isNaN(a) || Double.isNaN(b) ? a + b : Math.min(a, b);
  }

  public static double max(double a, double b) {
    return Double.isNaN(a) || Double.isNaN(b) ? a + b : Math.max(a, b);
  }

  public static double ceil(double a) {
    return Double.isNaN(a) ? a + a : Math.ceil(a);
  }

  public static double floor(double a) {
    return Double.isNaN(a) ? a + a : Math.floor(a);
  }

  public static double truncate(double a) {
    return Double.isNaN(a) ? a + a : a < 0 ? Math.ceil(a) : Math.floor(a);
  }

  public static double nearest(double a) {
    return Double.isNaN(a) ? a + a : Math.rint(a);
  }

  public static float ceil(float a) {
    return Float.isNaN(a) ? a + a : (float) Math.ceil(a);
  }

  public static float floor(float a) {
    return Float.isNaN(a) ? a + a : (float) Math.floor(a);
  }

  public static float truncate(float a) {
    return Float.isNaN(a) ? a + a : (float) (a < 0 ? Math.ceil(a) : Math.floor(a));
  }

  public static float nearest(float a) {
    return Float.isNaN(a) ? a + a : (float) Math.rint(a);
  }

  public static float sqrt(float a) {
    return (float) Math.sqrt(a);
  }

  public static int toInt(double a) {
    if (a > -TWO_TO_31 - 1 && a < TWO_TO_31) {
      return (int) a;
    }
    throw notAnInteger(a);
  }

  public static int toUnsignedInt(double a) {
    if (a > -1 && a < TWO_TO_32) {
      return (int) (long) a;
    }
    throw notAnInteger(a);
  }

  public static long toLong(double a) {
    if (a >= -TWO_TO_63 && a < TWO_TO_63) {
      return (long) a;
    }
    throw notAnInteger(a);
  }

  public static long toUnsignedLong(double a) {
    if (a > -1 && a < TWO_TO_64) {
      return unsigned(a);
    }
    throw notAnInteger(a);
  }

  private static Trap notAnInteger(double a) {
    return new Trap(Double.isNaN(a) ? Trap.CONVERSION : Trap.OVERFLOW);
  }

  private static long unsigned(double a) {
    return a < TWO_TO_63 ? (long) a : (long) (a - TWO_TO_63) ^ Long.MIN_VALUE;
  }

  public static int saturateUnsignedInt(double a) {
    long whole = (long) a;
    return whole < 0 ? 0 : whole > 0xffff_ffffL ? -1 : (int) whole;
  }

  public static long saturateUnsignedLong(double a) {
    return a > 0 ? a < TWO_TO_64 ? unsigned(a) : -1 : 0;
  }

  public static double fromUnsignedLong(long a) {
    return a >= 0 ? (double) a : (double) (a >>> 1 | a & 1) * 2.0;
  }

  /** The bit that is shifted out counts for rounding. */
  public static float floatFromUnsignedLong(long a) {
    return a >= 0 ? (float) a : (float) (a >>> 1 | a & 1) * 2.0f;
  }
}
