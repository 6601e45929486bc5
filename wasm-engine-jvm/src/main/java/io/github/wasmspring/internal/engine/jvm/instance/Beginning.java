package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.internal.engine.jvm.module.InitialData;
import io.github.wasmspring.internal.engine.jvm.module.StructureBytes;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import io.github.wasmspring.internal.engine.jvm.run.LinearMemory;
import io.github.wasmspring.internal.engine.jvm.run.TableInstructions;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The state of an instance right after it was made, or once it was prepared. Nothing changes it, so
 * that instances of the same code may have it in common.
 */
final class Beginning {

  private final int[] sizes;
  private final InitialData[] initial;
  private final MemoryChanges[] changes;
  private final int[][] tables;
  private final long[] globals;
  private final long[] upperHalves;
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
    this.upperHalves = new long[globals];
    for (int i = 0; i < globals; i++) {
      this.globals[i] = context.global(i);
      this.upperHalves[i] = context.upperHalf(i);
    }
    this.data = context.data.clone();
    this.elements = context.elements.clone();
  }

  /**
   * @param hasRun whether code has run that may have changed the memory
   * @param payer of what is kept
   * @return {@code null} if nobody pays for it
   */
  static @Nullable Beginning of(
      GuestContext context,
      int globals,
      InitialData[] initial,
      boolean hasRun,
      MemoryCharge payer) {
    long charged = StructureBytes.beyondFree(structure(context, globals));
    if (charged > 0 && !payer.add(charged)) {
      return null;
    }
    MemoryChanges[] changes = new MemoryChanges[initial.length];
    for (int i = 0; i < changes.length; i++) {
      MemoryChanges changed = MemoryChanges.of(context.memories[i], initial[i], hasRun, payer);
      if (changed == null) {
        return null;
      }
      changes[i] = changed;
    }
    return new Beginning(context, globals, initial, changes);
  }

  private static long structure(GuestContext context, int globals) {
    long bytes = 0;
    for (int[] table : context.tables) {
      bytes += StructureBytes.TABLE + (long) table.length * TableInstructions.ELEMENT_BYTES;
    }
    bytes += 2L * globals * StructureBytes.GLOBAL;
    return bytes
        + (context.data.length + context.elements.length) * (long) StructureBytes.REFERENCE;
  }

  /** About how many bytes of heap it takes. */
  long bytes() {
    long bytes = 2L * this.globals.length * StructureBytes.GLOBAL;
    for (int[] table : this.tables) {
      bytes += StructureBytes.TABLE + (long) table.length * TableInstructions.ELEMENT_BYTES;
    }
    for (MemoryChanges each : this.changes) {
      bytes += each.bytes();
    }
    return bytes + (this.data.length + this.elements.length) * (long) StructureBytes.REFERENCE;
  }

  /**
   * Makes an instance that has not been used yet what this is.
   *
   * @return {@code false} if its limits, its payer or the heap have no room
   */
  boolean begin(GuestContext context) {
    for (int i = 0; i < this.sizes.length; i++) {
      if (!context.memories[i].lengthen(this.sizes[i])) {
        return false;
      }
    }
    for (int i = 0; i < this.tables.length; i++) {
      int more = this.tables[i].length - context.tables[i].length;
      if (more > 0) {
        if (!context.storage.addElements(more)) {
          return false;
        }
        context.tables[i] = new int[this.tables[i].length];
      }
    }
    return restore(context);
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
      context.setUpperHalf(i, this.upperHalves[i]);
    }
    System.arraycopy(this.data, 0, context.data, 0, this.data.length);
    System.arraycopy(this.elements, 0, context.elements, 0, this.elements.length);
    return true;
  }

  /** What memories, tables and globals hold, other than at the beginning. */
  void writeDifference(GuestContext context, DataOutputStream out) throws IOException {
    for (int i = 0; i < this.sizes.length; i++) {
      LinearMemory memory = context.memories[i];
      MemoryDifference.write(
          memory, this.initial[i].new Piecewise(), this.changes[i].new Piecewise(), out);
    }
    for (int i = 0; i < this.tables.length; i++) {
      boolean same = Arrays.equals(this.tables[i], context.tables[i]);
      out.writeInt(same ? -1 : context.tables[i].length);
      for (int element : same ? new int[0] : context.tables[i]) {
        out.writeInt(element);
      }
    }
    for (int i = 0; i < this.globals.length; i++) {
      out.writeLong(context.global(i));
      out.writeLong(context.upperHalf(i));
    }
    for (int i = 0; i < this.data.length; i++) {
      out.writeBoolean(context.data[i] == this.data[i]);
    }
    for (int i = 0; i < this.elements.length; i++) {
      out.writeBoolean(context.elements[i] == this.elements[i]);
    }
  }

  /**
   * @return {@code false} if there is no room; the instance is of no use then
   */
  boolean readDifference(GuestContext context, DataInputStream in) throws IOException {
    for (int i = 0; i < this.sizes.length; i++) {
      if (!MemoryDifference.read(context.memories[i], this.initial[i], this.changes[i], in)) {
        return false;
      }
    }
    for (int i = 0; i < this.tables.length; i++) {
      restoreTable(i, context);
      int length = in.readInt();
      if (length >= 0 && !readTable(i, length, context, in)) {
        return false;
      }
    }
    for (int i = 0; i < this.globals.length; i++) {
      context.setGlobal(i, in.readLong());
      context.setUpperHalf(i, in.readLong());
    }
    for (int i = 0; i < this.data.length; i++) {
      context.data[i] = in.readBoolean() ? this.data[i] : new byte[0];
    }
    for (int i = 0; i < this.elements.length; i++) {
      context.elements[i] = in.readBoolean() ? this.elements[i] : new int[0];
    }
    return true;
  }

  private static boolean readTable(int index, int length, GuestContext context, DataInputStream in)
      throws IOException {
    int more = length - context.tables[index].length;
    if (more > 0 && !context.storage.addElements(more)) {
      return false;
    }
    int[] table = more == 0 ? context.tables[index] : new int[length];
    for (int i = 0; i < length; i++) {
      table[i] = in.readInt();
    }
    context.tables[index] = table;
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
