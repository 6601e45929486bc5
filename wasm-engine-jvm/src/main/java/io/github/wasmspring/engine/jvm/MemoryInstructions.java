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

  private static final long UNSIGNED = 0xffff_ffffL;

  private MemoryInstructions() {}

  private static VarHandle handle(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  public static int grow(int pages, GuestContext context, int memory) {
    return (int) grow(pages & UNSIGNED, context, memory);
  }

  /** The pages before, or -1 if the memory can't grow by so many. */
  public static long grow(long pages, GuestContext context, int memory) {
    GuestStop.ifInterrupted();
    return context.memories[memory].grow(pages, context);
  }

  public static void fill(int address, int value, int length, GuestContext context, int memory) {
    fill(address & UNSIGNED, value, length & UNSIGNED, context, memory);
  }

  public static void fill(long address, int value, long length, GuestContext context, int memory) {
    GuestMemory filled = context.memories[memory];
    filled.check(address, length);
    int start = (int) address;
    for (int done = 0; done < length; ) {
      GuestStop.ifInterrupted();
      int piece = (int) Math.min(length - done, GuestStop.PIECE);
      Arrays.fill(filled.bytes, start + done, start + done + piece, (byte) value);
      done += piece;
    }
  }

  public static void copy(
      int target, int source, int length, GuestContext context, int to, int from) {
    copy(target & UNSIGNED, source & UNSIGNED, length & UNSIGNED, context, to, from);
  }

  public static void copy(
      long target, int source, int length, GuestContext context, int to, int from) {
    copy(target, source & UNSIGNED, length & UNSIGNED, context, to, from);
  }

  public static void copy(
      int target, long source, int length, GuestContext context, int to, int from) {
    copy(target & UNSIGNED, source, length & UNSIGNED, context, to, from);
  }

  public static void copy(
      long target, long source, long length, GuestContext context, int to, int from) {
    GuestMemory into = context.memories[to];
    GuestMemory outOf = context.memories[from];
    into.check(target, length);
    outOf.check(source, length);
    move(outOf.bytes, (int) source, into.bytes, (int) target, (int) length);
  }

  public static void init(
      int target, int source, int length, GuestContext context, int segment, int memory) {
    init(target & UNSIGNED, source, length, context, segment, memory);
  }

  public static void init(
      long target, int source, int length, GuestContext context, int segment, int memory) {
    byte[] data = context.data[segment];
    GuestMemory into = context.memories[memory];
    if (source < 0 || length < 0 || source > data.length - length) {
      throw new Trap(Trap.MEMORY);
    }
    into.check(target, length);
    move(data, source, into.bytes, (int) target, length);
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
