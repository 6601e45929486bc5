package io.github.wasmspring.internal.engine.jvm.run;

/**
 * Accesses to shared memories, at the index that compiled code makes of an address. Public for
 * generated code, not for applications.
 */
public final class SharedInstructions {

  private SharedInstructions() {}

  private static SharedLinearMemory memory(GuestContext context, int memory) {
    return (SharedLinearMemory) context.memories[memory];
  }

  public static int size(GuestContext context, int memory) {
    return context.memories[memory].size();
  }

  public static byte readByte(int address, GuestContext context, int memory) {
    return memory(context, memory).range(address, 1).get(address);
  }

  public static short readShort(int address, GuestContext context, int memory) {
    return memory(context, memory).range(address, 2).getShort(address);
  }

  public static char readChar(int address, GuestContext context, int memory) {
    return memory(context, memory).range(address, 2).getChar(address);
  }

  public static int readInt(int address, GuestContext context, int memory) {
    return memory(context, memory).range(address, 4).getInt(address);
  }

  public static long readLong(int address, GuestContext context, int memory) {
    return memory(context, memory).range(address, 8).getLong(address);
  }

  public static float readFloat(int address, GuestContext context, int memory) {
    return memory(context, memory).range(address, 4).getFloat(address);
  }

  public static double readDouble(int address, GuestContext context, int memory) {
    return memory(context, memory).range(address, 8).getDouble(address);
  }

  public static long readLowerHalf(int address, GuestContext context, int memory) {
    return memory(context, memory).range(address, 16).getLong(address);
  }

  public static long readUpperHalf(int address, GuestContext context, int memory) {
    return memory(context, memory).range(address, 16).getLong(address + 8);
  }

  public static void writeVector(
      int address, long low, long high, GuestContext context, int memory) {
    memory(context, memory).range(address, 16).putLong(address, low).putLong(address + 8, high);
  }

  public static void writeByte(int address, int value, GuestContext context, int memory) {
    memory(context, memory).range(address, 1).put(address, (byte) value);
  }

  public static void writeShort(int address, int value, GuestContext context, int memory) {
    memory(context, memory).range(address, 2).putShort(address, (short) value);
  }

  public static void writeInt(int address, int value, GuestContext context, int memory) {
    memory(context, memory).range(address, 4).putInt(address, value);
  }

  public static void writeLong(int address, long value, GuestContext context, int memory) {
    memory(context, memory).range(address, 8).putLong(address, value);
  }

  public static void writeFloat(int address, float value, GuestContext context, int memory) {
    memory(context, memory).range(address, 4).putFloat(address, value);
  }

  public static void writeDouble(int address, double value, GuestContext context, int memory) {
    memory(context, memory).range(address, 8).putDouble(address, value);
  }
}
