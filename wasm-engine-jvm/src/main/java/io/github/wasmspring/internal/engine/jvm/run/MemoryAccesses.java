package io.github.wasmspring.internal.engine.jvm.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Accesses to memories of more than a byte. Public for generated code, not for applications.
 *
 * <p>C2 makes each a few instructions in the method that calls it. C1 must not: what it makes of a
 * handle is so much that a method of 110 accesses is too big for it, and such methods stay
 * interpreted for seconds, or in code without profiles for ever. It leaves methods alone that have
 * more than ten words of variables and operands together ({@code C1InlineStackLimit}), and that is
 * what the local variables are for.
 */
@SuppressWarnings("UnusedVariable")
public final class MemoryAccesses {

  static final VarHandle INT = handle(int[].class);
  static final VarHandle LONG = handle(long[].class);

  private static final VarHandle CHAR = handle(char[].class);
  private static final VarHandle SHORT = handle(short[].class);
  private static final VarHandle FLOAT = handle(float[].class);
  private static final VarHandle DOUBLE = handle(double[].class);

  private MemoryAccesses() {}

  private static VarHandle handle(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  public static short readShort(byte[] memory, int address) {
    long a, b, c, d, e;
    return (short) SHORT.get(memory, address);
  }

  public static char readChar(byte[] memory, int address) {
    long a, b, c, d, e;
    return (char) CHAR.get(memory, address);
  }

  public static int readInt(byte[] memory, int address) {
    long a, b, c, d, e;
    return (int) INT.get(memory, address);
  }

  public static long readLong(byte[] memory, int address) {
    long a, b, c, d, e;
    return (long) LONG.get(memory, address);
  }

  public static float readFloat(byte[] memory, int address) {
    long a, b, c, d, e;
    return (float) FLOAT.get(memory, address);
  }

  public static double readDouble(byte[] memory, int address) {
    long a, b, c, d, e;
    return (double) DOUBLE.get(memory, address);
  }

  /** The upper half of a vector whose lower one was read. */
  public static long readUpperHalf(byte[] memory, int address) {
    long a, b, c, d, e;
    return (long) LONG.get(memory, address + Long.BYTES);
  }

  /** Writes both halves or, where not all is inside, nothing. */
  public static void writeVector(byte[] memory, int address, long low, long high) {
    long a, b, c;
    Objects.checkIndex(address, memory.length - (2 * Long.BYTES - 1));
    LONG.set(memory, address, low);
    LONG.set(memory, address + Long.BYTES, high);
  }

  public static void writeShort(byte[] memory, int address, short value) {
    long a, b, c, d, e;
    SHORT.set(memory, address, value);
  }

  public static void writeInt(byte[] memory, int address, int value) {
    long a, b, c, d, e;
    INT.set(memory, address, value);
  }

  public static void writeLong(byte[] memory, int address, long value) {
    long a, b, c, d, e;
    LONG.set(memory, address, value);
  }

  public static void writeFloat(byte[] memory, int address, float value) {
    long a, b, c, d, e;
    FLOAT.set(memory, address, value);
  }

  public static void writeDouble(byte[] memory, int address, double value) {
    long a, b, c, d, e;
    DOUBLE.set(memory, address, value);
  }
}
