package io.github.wasmspring.internal.pool;

import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.engine.WasmSnapshot;
import io.github.wasmspring.module.WasmExternalValue;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An instance with those of other modules that it imports from, which were made for it alone.
 *
 * @param first the one that is called
 * @param others each before those that it imports from
 * @param resettable whether all of them can be reset
 */
public record LinkedInstance(WasmInstance first, List<WasmInstance> others, boolean resettable)
    implements WasmInstance {

  /** The one that is called, of an instance that may have others with it. */
  static WasmInstance called(WasmInstance instance) {
    return instance instanceof LinkedInstance linked ? linked.first() : instance;
  }

  @Override
  public long[] call(int function, long... arguments) {
    return this.first.call(function, arguments);
  }

  @Override
  public @Nullable WasmMemory memory() {
    return this.first.memory();
  }

  @Override
  public WasmGlobal global(String export) {
    return this.first.global(export);
  }

  @Override
  public WasmTable table(String export) {
    return this.first.table(export);
  }

  @Override
  public WasmExternalValue external(String export) {
    return this.first.external(export);
  }

  /** Of all of them. */
  @Override
  public long memorySize() {
    long size = this.first.memorySize();
    for (WasmInstance each : this.others) {
      size += each.memorySize();
    }
    return size;
  }

  @Override
  public <T> T attribute(Class<T> type, Supplier<T> initial) {
    return this.first.attribute(type, initial);
  }

  /** All of them, or none is to be used any more. */
  @Override
  public boolean reset() {
    boolean reset = this.resettable && this.first.reset();
    for (WasmInstance each : this.others) {
      reset = reset && each.reset();
    }
    return reset;
  }

  @Override
  public WasmSnapshot snapshot() {
    throw new UnsupportedOperationException(
        "it imports from other modules, whose instances would have to be kept with it");
  }

  @Override
  public void close() {
    try {
      this.first.close();
    } catch (RuntimeException | Error failure) {
      closeAfter(failure, this.others);
      throw failure;
    }
    for (int i = 0; i < this.others.size(); i++) {
      try {
        this.others.get(i).close();
      } catch (RuntimeException | Error failure) {
        closeAfter(failure, this.others.subList(i + 1, this.others.size()));
        throw failure;
      }
    }
  }

  /** Closes each, whatever becomes of the others; what fails is told with the first failure. */
  public static void closeAfter(Throwable failure, List<WasmInstance> instances) {
    for (WasmInstance each : instances) {
      try {
        each.close();
      } catch (RuntimeException | Error further) {
        if (further != failure) {
          failure.addSuppressed(further);
        }
      }
    }
  }
}
