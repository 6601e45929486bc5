package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.MutabilityType;
import io.github.wasmspring.engine.MemoryCharge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an instance right after it was made. What can't be brought back (a grown table, a
 * dropped segment, a second memory) is noticed when restoring.
 */
final class Checkpoint {

  private static final DataSegment[] NO_SEGMENTS = {};

  /** About what it takes to keep one, in bytes. */
  private static final int GLOBAL = 48;

  private static final int TABLE = 96;
  private static final int ELEMENT = 12;

  private record SavedGlobal(GlobalInstance global, long low, long high) {}

  private record SavedTable(TableInstance table, int[] refs, @Nullable Instance[] instances) {}

  private final Instance instance;
  private final @Nullable ResettableMemory linear;
  private final @Nullable MemoryImage memory;
  private final boolean unknown;
  private final List<SavedGlobal> globals = new ArrayList<>();
  private final List<SavedTable> tables = new ArrayList<>();
  private final Element[] elements;
  private final DataSegment[] segments;
  private final DataSegment[] segmentsAtFirst;

  private Checkpoint(
      Instance instance,
      @Nullable ResettableMemory memory,
      @Nullable MemoryImage image,
      MemoryCharge charge) {
    this.instance = instance;
    this.linear = memory;
    this.memory = image;
    this.unknown =
        this.memory == null && instance.memory() != null
            || hasSecondMemory(instance)
            || !pays(charge, instance);
    if (!this.unknown) {
      saveGlobalsAndTables(instance);
    }
    this.elements = new Element[instance.elementCount()];
    for (int i = 0; i < this.elements.length; i++) {
      this.elements[i] = instance.element(i);
    }
    this.segments = memory != null ? memory.dataSegments() : NO_SEGMENTS;
    this.segmentsAtFirst = this.segments.clone();
  }

  private static boolean pays(MemoryCharge charge, Instance instance) {
    long bytes = (long) instance.globalCount() * GLOBAL;
    for (int i = 0; i < instance.tableCount(); i++) {
      bytes += TABLE + (long) instance.table(i).size() * ELEMENT;
    }
    bytes += (instance.elementCount() + instance.module().dataSection().dataSegmentCount()) * 8L;
    long charged = InstanceStructure.beyondFree(bytes);
    return charged == 0 || charge.add(charged);
  }

  private void saveGlobalsAndTables(Instance instance) {
    for (int i = 0; i < instance.globalCount(); i++) {
      GlobalInstance global = instance.global(i);
      if (global.getMutabilityType() == MutabilityType.Var) {
        this.globals.add(new SavedGlobal(global, global.getValueLow(), global.getValueHigh()));
      }
    }
    for (int i = 0; i < instance.tableCount(); i++) {
      this.tables.add(save(instance.table(i)));
    }
  }

  /**
   * @param charge what pays for the copy; if it can't, nothing can be restored
   */
  static Checkpoint of(Instance instance, @Nullable ResettableMemory memory, MemoryCharge charge) {
    MemoryImage image = memory != null ? MemoryImage.of(memory, charge) : null;
    return new Checkpoint(instance, memory, image, charge);
  }

  /**
   * @param image which the memory is like, and which has been paid for
   */
  static Checkpoint of(
      Instance instance,
      @Nullable ResettableMemory memory,
      @Nullable MemoryImage image,
      MemoryCharge charge) {
    return new Checkpoint(instance, memory, image, charge);
  }

  static boolean hasSecondMemory(Instance instance) {
    int own = instance.module().memorySection().map(section -> section.memoryCount()).orElse(0);
    return own + instance.imports().memoryCount() > 1;
  }

  private static SavedTable save(TableInstance table) {
    int[] refs = new int[table.size()];
    Instance[] instances = new Instance[table.size()];
    for (int i = 0; i < refs.length; i++) {
      refs[i] = table.ref(i);
      instances[i] = table.instance(i);
    }
    return new SavedTable(table, refs, instances);
  }

  boolean restore() {
    if (this.unknown || segmentsDropped() || tablesGrown()) {
      return false;
    }
    if (this.memory != null && this.linear != null) {
      this.memory.restore(this.linear);
    }
    for (SavedGlobal saved : this.globals) {
      saved.global().setValueLow(saved.low());
      saved.global().setValueHigh(saved.high());
    }
    this.tables.forEach(Checkpoint::restore);
    return true;
  }

  private boolean segmentsDropped() {
    for (int i = 0; i < this.elements.length; i++) {
      if (this.instance.element(i) != this.elements[i]) {
        return true;
      }
    }
    for (int i = 0; i < this.segments.length; i++) {
      if (this.segments[i] != this.segmentsAtFirst[i]) {
        return true;
      }
    }
    return false;
  }

  private boolean tablesGrown() {
    return this.tables.stream().anyMatch(saved -> saved.table().size() != saved.refs().length);
  }

  private static void restore(SavedTable saved) {
    for (int i = 0; i < saved.refs().length; i++) {
      if (saved.table().ref(i) != saved.refs()[i]) {
        saved.table().setRef(i, saved.refs()[i], saved.instances()[i]);
      }
    }
  }
}
