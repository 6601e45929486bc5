package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.SizeLimits;
import io.github.wasmspring.internal.engine.ExternalTypes;
import io.github.wasmspring.internal.engine.jvm.run.LinearMemory;
import io.github.wasmspring.module.WasmExternalValue;

/**
 * What an instance has for others.
 *
 * @param instance the one that has it, not one that imports it
 * @param declared the type that its module gives it
 * @param index among those of its kind
 */
record JvmExternal(JvmInstance instance, ExternalType declared, int index)
    implements WasmExternalValue {

  @Override
  public WasmExternalKind kind() {
    return ExternalTypes.kind(this.declared);
  }

  @Override
  public String describe() {
    return ExternalTypes.describe(type());
  }

  /** With the size that it has now. */
  ExternalType type() {
    if (this.declared instanceof ExternalType.Memory memory) {
      long pages = (long) memory().size() >> memory.pageSizeLog2();
      return new ExternalType.Memory(grown(memory.size(), pages), memory.pageSizeLog2());
    }
    if (this.declared instanceof ExternalType.Table table) {
      long elements = this.instance.context().tables[this.index].length;
      return new ExternalType.Table(table.element(), grown(table.size(), elements));
    }
    return this.declared;
  }

  private static SizeLimits grown(SizeLimits declared, long size) {
    return new SizeLimits(size, declared.maximum(), declared.shared(), declared.is64());
  }

  LinearMemory memory() {
    return this.instance.context().memories[this.index];
  }

  /** Whether it can change, so that whoever has it shares it. */
  boolean isState() {
    return this.declared instanceof ExternalType.Memory
        || this.declared instanceof ExternalType.Table
        || isMutableGlobal();
  }

  boolean isMutableGlobal() {
    return this.declared instanceof ExternalType.Global global && global.mutable();
  }
}
