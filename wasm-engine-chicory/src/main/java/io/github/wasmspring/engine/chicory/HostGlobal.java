package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmGlobalType;
import io.github.wasmspring.WasmValueType;
import java.util.NoSuchElementException;

/** An exported global of an instance as the host sees it. */
record HostGlobal(String name, GlobalInstance global, WasmGlobalType type) implements WasmGlobal {

  /**
   * @throws NoSuchElementException if no global is exported under the name
   * @throws IllegalArgumentException if it holds no number
   */
  static HostGlobal of(Instance instance, String name) {
    for (int i = 0; i < instance.module().exportSection().exportCount(); i++) {
      Export export = instance.module().exportSection().getExport(i);
      if (export.exportType() == ExternalType.GLOBAL && export.name().equals(name)) {
        return of(name, instance.global(export.index()));
      }
    }
    throw new NoSuchElementException("The module exports no global '" + name + "'");
  }

  private static HostGlobal of(String name, GlobalInstance global) {
    WasmGlobalType type = ChicoryTypes.globalType(global.getType(), global.getMutabilityType());
    if (type.value().ordinal() > WasmValueType.F64.ordinal()) {
      throw new IllegalArgumentException(
          "The global '%s' holds a %s, which is no number".formatted(name, type.value()));
    }
    return new HostGlobal(name, global, type);
  }

  private boolean isNarrow() {
    return this.type.value() == WasmValueType.I32 || this.type.value() == WasmValueType.F32;
  }

  @Override
  public long get() {
    long value = this.global.getValueLow();
    return isNarrow() ? (int) value : value;
  }

  @Override
  public void set(long value) {
    if (!this.type.mutable()) {
      throw new IllegalStateException(
          "The global '%s' (%s) can't be set".formatted(this.name, this.type));
    }
    if (isNarrow() && value != (int) value && value >>> Integer.SIZE != 0) {
      throw new IllegalArgumentException(
          "The global '%s' (%s) has 32 bits, and %d has more"
              .formatted(this.name, this.type, value));
    }
    this.global.setValueLow(isNarrow() ? (int) value : value);
  }
}
