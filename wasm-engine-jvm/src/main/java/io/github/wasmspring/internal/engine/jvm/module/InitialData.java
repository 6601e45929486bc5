package io.github.wasmspring.internal.engine.jvm.module;

import io.github.wasmspring.internal.engine.jvm.run.LinearMemory;
import java.util.Arrays;

/**
 * What the data segments put into a memory of every instance of a module. They are in the bytes of
 * the module anyway, so that an instance has to keep only what code made of them.
 */
public final class InitialData {

  private final byte[] module;
  private int[] addresses = new int[8];
  private int[] starts = new int[8];
  private int[] ends = new int[8];
  private int count;
  private boolean known = true;

  private InitialData(byte[] module) {
    this.module = module;
  }

  /**
   * One for each memory.
   *
   * @param contents of a module of which there is an instance, so that the segments fit the
   *     memories
   */
  public static InitialData[] of(GuestModule module, ModuleContents contents) {
    InitialData[] all = new InitialData[module.facts.memories().size()];
    Arrays.setAll(all, memory -> new InitialData(module.bytes));
    contents.read(new Reader(all), global -> ask(all));
    for (InitialData each : all) {
      if (!each.known) {
        each.count = 0;
      }
    }
    return all;
  }

  /** The host says what imported globals hold, each time anew. */
  private static long ask(InitialData[] all) {
    for (InitialData each : all) {
      each.known = false;
    }
    return 0;
  }

  private record Reader(InitialData[] all) implements ModuleContents.Target {

    @Override
    public void table(int index, int value) {}

    @Override
    public void global(int index, long value, long upperHalf) {}

    @Override
    public void elements(int segment, int table, long at, int[] elements, boolean keep) {}

    @Override
    public void data(int segment, int memory, long address, int start, int end) {
      if (memory >= 0 && start < end && this.all[memory].known) {
        this.all[memory].add((int) address, start, end);
      }
    }
  }

  /** Toolchains write segments in order and apart; others are as good as unknown. */
  private void add(int address, int start, int end) {
    if (this.count > 0 && address < end(this.count - 1)) {
      this.known = false;
      return;
    }
    if (this.count == this.addresses.length) {
      this.addresses = Arrays.copyOf(this.addresses, 2 * this.count);
      this.starts = Arrays.copyOf(this.starts, 2 * this.count);
      this.ends = Arrays.copyOf(this.ends, 2 * this.count);
    }
    this.addresses[this.count] = address;
    this.starts[this.count] = start;
    this.ends[this.count++] = end;
  }

  private int end(int segment) {
    return this.addresses[segment] + this.ends[segment] - this.starts[segment];
  }

  /** Whether memories begin with these segments and nothing else, as long as no code has run. */
  public boolean isKnown() {
    return this.known;
  }

  /**
   * @param memory all zeros
   */
  public void writeTo(LinearMemory memory) {
    for (int i = 0; i < this.count; i++) {
      memory.write(this.addresses[i], this.module, this.starts[i], this.ends[i] - this.starts[i]);
    }
  }

  /** Gives what a memory begins with in pieces, from the front to the back. */
  public final class Piecewise {

    private int next;

    /**
     * @param piece becomes what is at {@code address}, behind all that was asked for before
     */
    public void read(int address, byte[] piece) {
      Arrays.fill(piece, (byte) 0);
      int end = address + piece.length;
      while (this.next < count && end(this.next) <= address) {
        this.next++;
      }
      for (int i = this.next; i < count && addresses[i] < end; i++) {
        int from = Math.max(address, addresses[i]);
        int to = Math.min(end, end(i));
        System.arraycopy(module, starts[i] + from - addresses[i], piece, from - address, to - from);
      }
    }
  }
}
