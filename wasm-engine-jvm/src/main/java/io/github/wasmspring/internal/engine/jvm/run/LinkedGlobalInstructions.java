package io.github.wasmspring.internal.engine.jvm.run;

/**
 * How code reads and writes globals that other instances have. Public for generated code, not for
 * applications.
 */
public final class LinkedGlobalInstructions {

  private LinkedGlobalInstructions() {}

  private static long get(GuestContext context, int global) {
    return context.linkedGlobals[global].get();
  }

  public static int intOf(GuestContext context, int global) {
    return (int) get(context, global);
  }

  public static long longOf(GuestContext context, int global) {
    return get(context, global);
  }

  public static long upperHalfOf(GuestContext context, int global) {
    return context.linkedGlobals[global].upperHalf();
  }

  public static float floatOf(GuestContext context, int global) {
    return Float.intBitsToFloat((int) get(context, global));
  }

  public static double doubleOf(GuestContext context, int global) {
    return Double.longBitsToDouble(get(context, global));
  }

  public static void set(int value, GuestContext context, int global) {
    context.linkedGlobals[global].set(value);
  }

  public static void set(long value, GuestContext context, int global) {
    context.linkedGlobals[global].set(value);
  }

  public static void set(long low, long high, GuestContext context, int global) {
    context.linkedGlobals[global].set(low);
    context.linkedGlobals[global].setUpperHalf(high);
  }

  public static void set(float value, GuestContext context, int global) {
    context.linkedGlobals[global].set(Float.floatToRawIntBits(value));
  }

  public static void set(double value, GuestContext context, int global) {
    context.linkedGlobals[global].set(Double.doubleToRawLongBits(value));
  }
}
