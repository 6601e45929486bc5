package io.github.wasmspring.engine.jvm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What code needs for the memory: the handles that it reads and writes through, and work on many
 * bytes, which is done in pieces so that deadlines hold. Public for generated code, not for
 * applications.
 */
public final class MemoryInstructions {

  public static final VarHandle CHAR = handle(char[].class);
  public static final VarHandle SHORT = handle(short[].class);
  public static final VarHandle INT = handle(int[].class);
  public static final VarHandle LONG = handle(long[].class);
  public static final VarHandle FLOAT = handle(float[].class);
  public static final VarHandle DOUBLE = handle(double[].class);

  private static final int PAGE_BITS = 16;

  private MemoryInstructions() {}

  private static VarHandle handle(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /** The pages before, or -1 if the memory can't grow by so many. */
  public static int grow(int pages, GuestContext context) {
    GuestStop.ifInterrupted();
    int before = context.memory.length >> PAGE_BITS;
    if (pages < 0 || pages > context.maximumPages - before) {
      return -1;
    }
    return pages == 0 || lengthen((before + pages) << PAGE_BITS, context) ? before : -1;
  }

  /** Another array pays for itself; the one before is given up. */
  private static boolean lengthen(int size, GuestContext context) {
    int more = size - context.memory.length;
    if (!context.charge.add(more)) {
      return false;
    }
    try {
      context.memory = Arrays.copyOf(context.memory, size);
    } catch (OutOfMemoryError full) {
      context.charge.subtract(more);
      return false;
    }
    context.charge.committed(size);
    context.charge.grown();
    return true;
  }

  private static void check(int address, int length, int size) {
    if (address < 0 || length < 0 || address > size - length) {
      throw new Trap(Trap.MEMORY);
    }
  }

  public static void fill(int address, int value, int length, GuestContext context) {
    byte[] memory = context.memory;
    check(address, length, memory.length);
    for (int done = 0; done < length; ) {
      GuestStop.ifInterrupted();
      int piece = Math.min(length - done, GuestStop.PIECE);
      Arrays.fill(memory, address + done, address + done + piece, (byte) value);
      done += piece;
    }
  }

  public static void copy(int target, int source, int length, GuestContext context) {
    byte[] memory = context.memory;
    check(target, length, memory.length);
    check(source, length, memory.length);
    move(memory, source, memory, target, length);
  }

  public static void init(int target, int source, int length, GuestContext context, int segment) {
    byte[] data = context.data[segment];
    check(source, length, data.length);
    check(target, length, context.memory.length);
    move(data, source, context.memory, target, length);
  }

  public static void drop(GuestContext context, int segment) {
    context.data[segment] = new byte[0];
  }

  /** From the side on which no piece overwrites what another has yet to read. */
  private static void move(byte[] from, int source, byte[] to, int target, int length) {
    boolean backwards = from == to && source < target;
    for (int done = 0; done < length; ) {
      GuestStop.ifInterrupted();
      int piece = Math.min(length - done, GuestStop.PIECE);
      int offset = backwards ? length - done - piece : done;
      System.arraycopy(from, source + offset, to, target + offset, piece);
      done += piece;
    }
  }
}
