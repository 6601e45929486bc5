package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmGlobalType;

/**
 * A global that can be taken back.
 *
 * @param check throws if it has been
 */
public record GuardedGlobal(WasmGlobal global, Runnable check) implements WasmGlobal {

  @Override
  public WasmGlobalType type() {
    return this.global.type();
  }

  @Override
  public long get() {
    this.check.run();
    return this.global.get();
  }

  @Override
  public void set(long value) {
    this.check.run();
    this.global.set(value);
  }
}
