package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.engine.MemoryCharge;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The state of an instance right after it was made. */
final class Beginning {

  private final byte[] memory;
  private final int[][] tables;
  private final long[] globals;
  private final int size;
  private final byte[][] data;
  private final int[][] elements;

  private Beginning(GuestContext context, int globals, int used) {
    this.memory = Arrays.copyOf(context.memory, used);
    this.tables = new int[context.tables.length][];
    for (int i = 0; i < this.tables.length; i++) {
      this.tables[i] = context.tables[i].clone();
    }
    this.globals = new long[globals];
    for (int i = 0; i < globals; i++) {
      this.globals[i] = context.global(i);
    }
    this.data = context.data.clone();
    this.elements = context.elements.clone();
    this.size = context.memory.length;
  }

  /**
   * @return {@code null} if nobody pays for the copy
   */
  static @Nullable Beginning of(GuestContext context, int globals, MemoryCharge charge) {
    int used = context.memory.length;
    while (used > 0 && context.memory[used - 1] == 0) {
      used--;
    }
    long bytes = used + 8L * globals;
    for (int[] table : context.tables) {
      bytes += (long) table.length * TableInstructions.ELEMENT_BYTES;
    }
    return charge.add(bytes) ? new Beginning(context, globals, used) : null;
  }

  /** What has grown, and what was dropped, is not brought back: then a new instance is made. */
  boolean restore(GuestContext context) {
    if (context.memory.length != this.size
        || !Arrays.equals(this.data, context.data)
        || !Arrays.equals(this.elements, context.elements)) {
      return false;
    }
    for (int i = 0; i < this.tables.length; i++) {
      if (context.tables[i].length != this.tables[i].length) {
        return false;
      }
      System.arraycopy(this.tables[i], 0, context.tables[i], 0, this.tables[i].length);
    }
    System.arraycopy(this.memory, 0, context.memory, 0, this.memory.length);
    Arrays.fill(context.memory, this.memory.length, this.size, (byte) 0);
    for (int i = 0; i < this.globals.length; i++) {
      context.setGlobal(i, this.globals[i]);
    }
    return true;
  }
}
