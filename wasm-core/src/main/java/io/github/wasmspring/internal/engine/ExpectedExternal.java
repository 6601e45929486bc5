package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.module.WasmExternalValue;

/**
 * What a module will be given by an instance of another module, as far as that can be told before
 * there is one. Engines check links with it, and make no instance with it.
 *
 * @param owner the other module, for messages
 * @param types those of the other module that its type refers to
 * @param type as the other module declares it, so that a memory or a table may have grown
 */
public record ExpectedExternal(String owner, FunctionTypes types, ExternalType type)
    implements WasmExternalValue {

  @Override
  public WasmExternalKind kind() {
    return ExternalTypes.kind(this.type);
  }

  @Override
  public String describe() {
    return ExternalTypes.describe(this.type);
  }
}
