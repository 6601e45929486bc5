package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmGlobalType;
import io.github.wasmspring.WasmValueType;

/** An exported global as the host sees it. */
record ContextGlobal(String name, GuestContext context, int index, WasmGlobalType type)
    implements WasmGlobal {

  @Override
  public long get() {
    return this.context.global(this.index);
  }

  @Override
  public void set(long value) {
    if (!this.type.mutable()) {
      throw new IllegalStateException(
          "The global '%s' (%s) can't be set".formatted(this.name, this.type));
    }
    boolean narrow =
        this.type.value() == WasmValueType.I32 || this.type.value() == WasmValueType.F32;
    if (narrow && value != (int) value && value >>> Integer.SIZE != 0) {
      throw new IllegalArgumentException(
          "The global '%s' (%s) has 32 bits, and %d has more"
              .formatted(this.name, this.type, value));
    }
    this.context.setGlobal(this.index, value);
  }
}
