package io.github.wasmspring.internal.engine.jvm.run;

/**
 * What code does with many bytes of the memory, in pieces so that deadlines hold. Public for
 * generated code, not for applications.
 */
public final class MemoryInstructions {

  private static final long UNSIGNED = 0xffff_ffffL;

  private MemoryInstructions() {}

  public static int grow(int pages, GuestContext context, int memory) {
    return (int) grow(pages & UNSIGNED, context, memory);
  }

  /** The pages before, or -1 if the memory can't grow by so many. */
  public static long grow(long pages, GuestContext context, int memory) {
    GuestStop.ifInterrupted();
    LinearMemory grown = context.memories[memory];
    long before = grown.grow(pages);
    context.hasCopiedMuch |= grown.hasCopiedMuch();
    return before;
  }

  public static void fill(int address, int value, int length, GuestContext context, int memory) {
    fill(address & UNSIGNED, value, length & UNSIGNED, context, memory);
  }

  public static void fill(long address, int value, long length, GuestContext context, int memory) {
    LinearMemory filled = context.memories[memory];
    filled.check(address, length);
    if (isPiece(length)) {
      GuestStop.ifInterrupted();
      filled.fill((int) address, (int) length, (byte) value);
      return;
    }
    inPieces((int) length, (at, piece) -> filled.fill((int) address + at, piece, (byte) value));
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
    LinearMemory into = context.memories[to];
    LinearMemory outOf = context.memories[from];
    into.check(target, length);
    outOf.check(source, length);
    if (into == outOf) {
      move(into, (int) target, (int) source, (int) length);
      return;
    }
    byte[] carried = new byte[(int) Math.min(length, GuestStop.PIECE)];
    inPieces(
        (int) length,
        (at, piece) -> {
          outOf.read((int) source + at, carried, 0, piece);
          into.write((int) target + at, carried, 0, piece);
        });
  }

  public static void init(
      int target, int source, int length, GuestContext context, int segment, int memory) {
    init(target & UNSIGNED, source, length, context, segment, memory);
  }

  public static void init(
      long target, int source, int length, GuestContext context, int segment, int memory) {
    byte[] data = context.data[segment];
    LinearMemory into = context.memories[memory];
    if (source < 0 || length < 0 || source > data.length - length) {
      throw new Trap(Trap.MEMORY);
    }
    into.check(target, length);
    inPieces(length, (at, piece) -> into.write((int) target + at, data, source + at, piece));
  }

  public static void drop(GuestContext context, int segment) {
    context.data[segment] = new byte[0];
  }

  /** From the side on which no piece overwrites what another has yet to read. */
  private static void move(LinearMemory memory, int target, int source, int length) {
    if (isPiece(length)) {
      GuestStop.ifInterrupted();
      memory.copyWithin(target, source, length);
      return;
    }
    boolean backwards = source < target;
    inPieces(
        length,
        (at, piece) -> {
          int offset = backwards ? length - at - piece : at;
          memory.copyWithin(target + offset, source + offset, piece);
        });
  }

  /** Work on some bytes, counted from the first of all. */
  interface Piece {
    void work(int at, int length);
  }

  /** Most work is, and needs no object for {@link #inPieces}. */
  private static boolean isPiece(long length) {
    return length <= GuestStop.PIECE;
  }

  /** Looks before each piece whether the thread is to stop. */
  static void inPieces(int length, Piece piece) {
    for (int done = 0; done < length; ) {
      GuestStop.ifInterrupted();
      int next = Math.min(length - done, GuestStop.PIECE);
      piece.work(done, next);
      done += next;
    }
  }
}
