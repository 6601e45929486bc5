package io.github.wasmspring.internal.pool;

import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.engine.WasmInstance;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does nothing, and notices when two threads have it at once. */
class IdleInstance implements WasmInstance {

  private final AtomicBoolean held = new AtomicBoolean();
  long memory = 65536;

  /**
   * @return {@code false} if somebody else has it
   */
  boolean hold() {
    return this.held.compareAndSet(false, true);
  }

  void letGo() {
    this.held.set(false);
  }

  @Override
  public long[] call(int function, long... arguments) {
    return new long[0];
  }

  @Override
  public @Nullable WasmMemory memory() {
    return null;
  }

  @Override
  public long memorySize() {
    return this.memory;
  }

  @Override
  public <T> T attribute(Class<T> type, Supplier<T> initial) {
    return initial.get();
  }

  @Override
  public boolean reset() {
    return true;
  }

  @Override
  public void close() {}
}
