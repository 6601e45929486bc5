package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
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
 * The calling instance for one call of a host function. Whoever keeps it has nothing: by then the
 * instance may work for another borrower.
 */
final class HostCaller implements WasmCaller, AutoCloseable {

  private final ChicoryInstance caller;
  private final Instance instance;
  private volatile boolean closed;

  HostCaller(ChicoryInstance caller, Instance instance) {
    this.caller = caller;
    this.instance = instance;
  }

  @Override
  public @Nullable WasmMemory memory() {
    requireOpen();
    WasmMemory memory = this.caller.memory();
    return memory == null ? null : new GuardedMemory(memory, this::requireOpen);
  }

  @Override
  public <T> T attribute(Class<T> type, Supplier<T> initial) {
    requireOpen();
    return this.caller.attribute(type, initial);
  }

  @Override
  public WasmGlobal global(String export) {
    requireOpen();
    return new GuardedGlobal(HostGlobal.of(this.instance, export), this::requireOpen);
  }

  @Override
  public WasmTable table(String export) {
    requireOpen();
    HostTable table = HostTable.of(this.instance, export, ChicoryInstance::callBack);
    return new GuardedTable(export, "the calling module", table, this::requireOpen, table::call);
  }

  @Override
  public long[] call(String export, long... arguments) {
    requireOpen();
    return this.caller.callExport(this.instance, export, arguments);
  }

  private void requireOpen() {
    if (this.closed) {
      throw new IllegalStateException(
          "The host function has returned: neither the caller nor its memory can be used any more");
    }
  }

  @Override
  public void close() {
    this.closed = true;
  }
}
