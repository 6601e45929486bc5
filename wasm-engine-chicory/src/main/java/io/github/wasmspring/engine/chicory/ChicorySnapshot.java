package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an instance was, without a reference to it. */
final class ChicorySnapshot implements WasmSnapshot {

  private static final int GLOBAL = 16;

  private record SavedGlobal(int index, long low, long high) {}

  /** Values of the elements of a table, all of them functions of the instance itself, or null. */
  private record SavedTable(int[] refs) {}

  private final ChicoryCode code;
  private final @Nullable MemoryImage memory;
  private final List<SavedGlobal> globals = new ArrayList<>();
  private final List<SavedTable> tables = new ArrayList<>();
  private final boolean[] droppedElements;
  private final boolean[] droppedData;

  /**
   * @throws UnsupportedOperationException if there is something that no other instance could have
   */
  ChicorySnapshot(ChicoryCode code, Instance instance, @Nullable ResettableMemory memory) {
    this.code = code;
    if (Checkpoint.hasSecondMemory(instance) || instance.memory() != null && memory == null) {
      throw new UnsupportedOperationException(
          "it has several memories, which the engine %s can't bring back; use the engine jvm"
              .formatted(ChicoryEngine.NAME));
    }
    this.memory = memory == null ? null : MemoryImage.of(memory, MemoryCharge.NONE);
    for (int i = 0; i < instance.globalCount(); i++) {
      GlobalInstance global = instance.global(i);
      if (global.getMutabilityType() == MutabilityType.Var) {
        this.globals.add(new SavedGlobal(i, global.getValueLow(), global.getValueHigh()));
      }
    }
    for (int i = 0; i < instance.tableCount(); i++) {
      this.tables.add(save(instance.table(i), instance));
    }
    this.droppedElements = new boolean[instance.elementCount()];
    for (int i = 0; i < this.droppedElements.length; i++) {
      this.droppedElements[i] = instance.element(i) == null;
    }
    DataSegment[] segments = memory == null ? new DataSegment[0] : memory.dataSegments();
    this.droppedData = new boolean[segments.length];
    for (int i = 0; i < segments.length; i++) {
      this.droppedData[i] = segments[i] == PassiveDataSegment.EMPTY;
    }
  }

  private static SavedTable save(TableInstance table, Instance instance) {
    int[] refs = new int[table.size()];
    for (int i = 0; i < refs.length; i++) {
      refs[i] = table.ref(i);
      Instance owner = table.instance(i);
      boolean foreign = owner != null && owner != instance;
      boolean external = !ValType.FuncRef.equals(table.elementType());
      if (refs[i] != Value.REF_NULL_VALUE && (foreign || external)) {
        throw new UnsupportedOperationException(
            "a table of it refers to what is not a function of its own");
      }
    }
    return new SavedTable(refs);
  }

  boolean isOf(ChicoryCode other) {
    return this.code == other;
  }

  @Nullable MemoryImage memory() {
    return this.memory;
  }

  /**
   * Makes an instance that has not been used yet what this is.
   *
   * @return {@code false} if its limits or its payer have no room
   */
  boolean begin(Instance instance, @Nullable ResettableMemory linear) {
    if (this.memory != null) {
      ResettableMemory target = Objects.requireNonNull(linear);
      int more = this.memory.pages() - target.pages();
      if (more > 0 && target.grow(more) < 0) {
        return false;
      }
      this.memory.restore(target);
      for (int i = 0; i < this.droppedData.length; i++) {
        if (this.droppedData[i]) {
          target.drop(i);
        }
      }
    }
    for (SavedGlobal saved : this.globals) {
      instance.global(saved.index()).setValueLow(saved.low());
      instance.global(saved.index()).setValueHigh(saved.high());
    }
    for (int i = 0; i < this.droppedElements.length; i++) {
      if (this.droppedElements[i]) {
        instance.setElement(i, null);
      }
    }
    for (int i = 0; i < this.tables.size(); i++) {
      if (!begin(instance.table(i), this.tables.get(i), instance)) {
        return false;
      }
    }
    return true;
  }

  private static boolean begin(TableInstance table, SavedTable saved, Instance instance) {
    int more = saved.refs().length - table.size();
    if (more > 0 && table.grow(more, Value.REF_NULL_VALUE, instance) < 0) {
      return false;
    }
    for (int i = 0; i < saved.refs().length; i++) {
      table.setRef(i, saved.refs()[i], instance);
    }
    return true;
  }

  @Override
  public long size() {
    long size = this.memory == null ? 0 : this.memory.size();
    size += (long) this.globals.size() * GLOBAL;
    for (SavedTable table : this.tables) {
      size += (long) table.refs().length * Integer.BYTES;
    }
    return size;
  }
}
