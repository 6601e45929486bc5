package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import org.jspecify.annotations.Nullable;

/**
 * A table that grows within the limits of its instance. It has table limits of its own, because
 * Chicory counts growth in them: those of the module would pass it on to all later instances.
 */
final class CappedTable extends TableInstance {

  private final InstanceStorage storage;
  private int written;

  CappedTable(Table declared, int initial, InstanceStorage storage) {
    super(
        new Table(
            declared.elementType(),
            new TableLimits(declared.limits().min(), declared.limits().max()),
            declared.initialize()),
        initial);
    this.storage = storage;
  }

  @Override
  public int grow(int delta, int value, Instance instance) {
    BulkWork.stopIfInterrupted();
    if (delta < 0 || delta > limits().max() - size() || !this.storage.addElements(delta)) {
      return -1;
    }
    try {
      return super.grow(delta, value, instance);
    } catch (OutOfMemoryError full) {
      this.storage.subtractElements(delta);
      return -1;
    }
  }

  /** What {@code table.fill}, {@code table.copy} and {@code table.init} consist of. */
  @Override
  public void setRef(int index, int value, @Nullable Instance instance) {
    BulkWork.stopIfInterruptedInStep(this.written++);
    super.setRef(index, value, instance);
  }
}
