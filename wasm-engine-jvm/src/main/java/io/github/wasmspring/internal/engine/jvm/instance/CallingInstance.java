package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.internal.engine.GuardedGlobal;
import io.github.wasmspring.internal.engine.GuardedMemory;
import io.github.wasmspring.internal.engine.GuardedTable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The instance for one call of a host function. Whoever keeps it has nothing: by then the instance
 * may work for another borrower.
 */
final class CallingInstance implements WasmCaller {

  private final JvmInstance instance;
  private volatile boolean closed;

  CallingInstance(JvmInstance instance) {
    this.instance = instance;
  }

  private void requireOpen() {
    if (this.closed) {
      throw new IllegalStateException(
          "The host function has returned: neither the caller nor its memory can be used any more");
    }
  }

  void close() {
    this.closed = true;
  }

  @Override
  public @Nullable WasmMemory memory() {
    requireOpen();
    WasmMemory memory = this.instance.memory();
    return memory == null ? null : new GuardedMemory(memory, this::requireOpen);
  }

  @Override
  public <T> T attribute(Class<T> type, Supplier<T> initial) {
    requireOpen();
    return this.instance.attribute(type, initial);
  }

  @Override
  public WasmGlobal global(String export) {
    requireOpen();
    return new GuardedGlobal(this.instance.global(export), this::requireOpen);
  }

  @Override
  public WasmTable table(String export) {
    requireOpen();
    ContextTable table = this.instance.table(export, owner -> owner::callBack);
    return new GuardedTable(export, "the calling module", table, this::requireOpen, table::call);
  }

  @Override
  public long[] call(String export, long... arguments) {
    requireOpen();
    return this.instance.callBack(export, arguments);
  }
}
