package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.engine.WasmSnapshot;

/**
 * @param code whose instance it was, and whose others can begin as it
 */
record JvmSnapshot(JvmCode code, Beginning state) implements WasmSnapshot {

  @Override
  public long size() {
    return this.state.bytes();
  }
}
