package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.internal.engine.jvm.module.InitialData;
import io.github.wasmspring.internal.engine.jvm.run.GuestStop;
import io.github.wasmspring.internal.engine.jvm.run.LinearMemory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What code made of a memory before an instance was first used, block by block. */
final class MemoryChanges {

  /** Bytes. */
  static final int BLOCK = 1024;

  private static final MemoryChanges NONE = new MemoryChanges(new int[0], new byte[0]);

  private final int[] addresses;
  private final byte[] blocks;

  private MemoryChanges(int[] addresses, byte[] blocks) {
    this.addresses = addresses;
    this.blocks = blocks;
  }

  /**
   * @param hasRun whether any code had the memory
   * @return {@code null} if nobody pays for the copy of what has changed
   */
  static @Nullable MemoryChanges of(
      LinearMemory memory, InitialData data, boolean hasRun, MemoryCharge charge) {
    if (!hasRun && data.isKnown()) {
      return NONE;
    }
    int[] addresses = changed(memory, data);
    long bytes = (long) addresses.length * (BLOCK + Integer.BYTES);
    if (addresses.length == 0) {
      return NONE;
    }
    if (bytes > Integer.MAX_VALUE - 8 || !charge.add(bytes)) {
      return null;
    }
    byte[] blocks = new byte[addresses.length * BLOCK];
    for (int i = 0; i < addresses.length; i++) {
      int length = Math.min(BLOCK, memory.size() - addresses[i]);
      memory.read(addresses[i], blocks, i * BLOCK, length);
    }
    return new MemoryChanges(addresses, blocks);
  }

  private static int[] changed(LinearMemory memory, InitialData data) {
    InitialData.Piecewise before = data.new Piecewise();
    byte[] block = new byte[BLOCK];
    byte[] now = new byte[BLOCK];
    int[] addresses = new int[8];
    int count = 0;
    for (int address = 0; address < memory.size(); address += BLOCK) {
      GuestStop.ifInterruptedInStep(address / BLOCK);
      before.read(address, block);
      int length = Math.min(BLOCK, memory.size() - address);
      memory.read(address, now, 0, length);
      if (!Arrays.equals(now, 0, length, block, 0, length)) {
        if (count == addresses.length) {
          addresses = Arrays.copyOf(addresses, 2 * count);
        }
        addresses[count++] = address;
      }
    }
    return Arrays.copyOf(addresses, count);
  }

  /** About how many bytes of heap it takes. */
  long bytes() {
    return (long) this.addresses.length * (BLOCK + Integer.BYTES);
  }

  /** Gives what code made of the memory, in pieces, from the front to the back. */
  final class Piecewise {

    private int next;

    /**
     * @param piece of {@link #BLOCK} bytes, becomes what has changed at {@code address}, a multiple
     *     of that
     */
    void read(int address, byte[] piece) {
      while (this.next < addresses.length && addresses[this.next] < address) {
        this.next++;
      }
      if (this.next < addresses.length && addresses[this.next] == address) {
        System.arraycopy(blocks, this.next * BLOCK, piece, 0, BLOCK);
      }
    }
  }

  void writeTo(LinearMemory memory) {
    for (int i = 0; i < this.addresses.length; i++) {
      int length = Math.min(BLOCK, memory.size() - this.addresses[i]);
      memory.write(this.addresses[i], this.blocks, i * BLOCK, length);
    }
  }
}
