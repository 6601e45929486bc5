package io.github.wasmspring.engine.jvm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The state of an instance right after it was made. */
final class Beginning {

  private final int size;
  private final InitialData initial;
  private final MemoryChanges changes;
  private final int[][] tables;
  private final long[] globals;
  private final byte[][] data;
  private final int[][] elements;

  private Beginning(GuestContext context, int globals, InitialData initial, MemoryChanges changes) {
    this.size = context.memory.length;
    this.initial = initial;
    this.changes = changes;
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
  }

  /**
   * @param hasRun whether code has run that may have changed the memory
   * @return {@code null} if nobody pays for what is kept
   */
  static @Nullable Beginning of(
      GuestContext context, int globals, InitialData initial, boolean hasRun) {
    long bytes = 0;
    for (int[] table : context.tables) {
      bytes += InstanceStructure.TABLE + (long) table.length * TableInstructions.ELEMENT_BYTES;
    }
    bytes += (long) globals * InstanceStructure.GLOBAL;
    bytes += (context.data.length + context.elements.length) * (long) InstanceStructure.REFERENCE;
    long charged = InstanceStructure.beyondFree(bytes);
    MemoryChanges changes =
        charged == 0 || context.charge.add(charged)
            ? MemoryChanges.of(context.memory, initial, hasRun, context.charge)
            : null;
    return changes == null ? null : new Beginning(context, globals, initial, changes);
  }

  /**
   * @return {@code false} if there is no room; the instance is of no use then
   */
  boolean restore(GuestContext context) {
    try {
      restoreMemory(context);
      for (int i = 0; i < this.tables.length; i++) {
        restoreTable(i, context);
      }
    } catch (OutOfMemoryError full) {
      return false;
    }
    for (int i = 0; i < this.globals.length; i++) {
      context.setGlobal(i, this.globals[i]);
    }
    System.arraycopy(this.data, 0, context.data, 0, this.data.length);
    System.arraycopy(this.elements, 0, context.elements, 0, this.elements.length);
    return true;
  }

  private void restoreMemory(GuestContext context) {
    int surplus = context.memory.length - this.size;
    if (surplus == 0) {
      Arrays.fill(context.memory, (byte) 0);
    } else {
      context.memory = new byte[this.size];
      context.charge.subtract(surplus);
      context.charge.committed(this.size);
    }
    this.initial.writeTo(context.memory);
    this.changes.writeTo(context.memory);
  }

  private void restoreTable(int index, GuestContext context) {
    int[] saved = this.tables[index];
    int surplus = context.tables[index].length - saved.length;
    if (surplus == 0) {
      System.arraycopy(saved, 0, context.tables[index], 0, saved.length);
    } else {
      context.tables[index] = saved.clone();
      context.charge.subtract((long) surplus * TableInstructions.ELEMENT_BYTES);
      context.elementsLeft += surplus;
    }
  }
}
