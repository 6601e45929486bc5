package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.internal.engine.jvm.module.InitialData;
import io.github.wasmspring.internal.engine.jvm.module.StructureBytes;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import io.github.wasmspring.internal.engine.jvm.run.LinearMemory;
import io.github.wasmspring.internal.engine.jvm.run.TableInstructions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The state of an instance right after it was made. */
final class Beginning {

  private final int[] sizes;
  private final InitialData[] initial;
  private final MemoryChanges[] changes;
  private final int[][] tables;
  private final long[] globals;
  private final byte[][] data;
  private final int[][] elements;

  private Beginning(
      GuestContext context, int globals, InitialData[] initial, MemoryChanges[] changes) {
    this.sizes = Arrays.stream(context.memories).mapToInt(LinearMemory::size).toArray();
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
      GuestContext context, int globals, InitialData[] initial, boolean hasRun) {
    long bytes = 0;
    for (int[] table : context.tables) {
      bytes += StructureBytes.TABLE + (long) table.length * TableInstructions.ELEMENT_BYTES;
    }
    bytes += (long) globals * StructureBytes.GLOBAL;
    bytes += (context.data.length + context.elements.length) * (long) StructureBytes.REFERENCE;
    long charged = StructureBytes.beyondFree(bytes);
    if (charged > 0 && !context.storage.payer().add(charged)) {
      return null;
    }
    MemoryChanges[] changes = new MemoryChanges[initial.length];
    for (int i = 0; i < changes.length; i++) {
      MemoryChanges changed =
          MemoryChanges.of(context.memories[i], initial[i], hasRun, context.storage.payer());
      if (changed == null) {
        return null;
      }
      changes[i] = changed;
    }
    return new Beginning(context, globals, initial, changes);
  }

  /**
   * @return {@code false} if there is no room; the instance is of no use then
   */
  boolean restore(GuestContext context) {
    try {
      for (int i = 0; i < this.sizes.length; i++) {
        context.memories[i].clear(this.sizes[i]);
        this.initial[i].writeTo(context.memories[i]);
        this.changes[i].writeTo(context.memories[i]);
      }
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

  private void restoreTable(int index, GuestContext context) {
    int[] saved = this.tables[index];
    int surplus = context.tables[index].length - saved.length;
    if (surplus == 0) {
      System.arraycopy(saved, 0, context.tables[index], 0, saved.length);
    } else {
      context.tables[index] = saved.clone();
      context.storage.subtractElements(surplus);
    }
  }
}
