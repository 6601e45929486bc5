package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.SizeLimits;
import io.github.wasmspring.internal.engine.ExternalTypes;
import io.github.wasmspring.internal.engine.FunctionTypes;
import io.github.wasmspring.module.WasmExternalValue;

/**
 * What an instance has for others.
 *
 * @param types those that its type refers to
 * @param declared the type that the module gives it
 * @param index among those of its kind
 */
record ChicoryExternal(
    ChicoryInstance instance, FunctionTypes types, ExternalType declared, int index)
    implements WasmExternalValue {

  @Override
  public WasmExternalKind kind() {
    return ExternalTypes.kind(this.declared);
  }

  @Override
  public String describe() {
    return ExternalTypes.describe(type());
  }

  Instance chicory() {
    return this.instance.chicory();
  }

  /** With the size that it has now. */
  ExternalType type() {
    if (this.declared instanceof ExternalType.Memory memory) {
      SizeLimits size = memory.size();
      return new ExternalType.Memory(
          new SizeLimits(
              chicory().memory(this.index).pages(), size.maximum(), size.shared(), size.is64()),
          memory.pageSizeLog2());
    }
    return this.declared;
  }

  /** Of a memory, which another instance may use as its own. */
  LinkedMemory newMemory() {
    return new LinkedMemory((ContiguousMemory) chicory().memory(this.index));
  }

  /** Whether it can change, so that whoever has it shares it. */
  boolean isState() {
    return this.declared instanceof ExternalType.Memory
        || this.declared instanceof ExternalType.Global global && global.mutable();
  }
}
