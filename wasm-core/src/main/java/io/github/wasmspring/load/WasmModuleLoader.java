package io.github.wasmspring.load;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.module.WasmModuleDescriptor;

/** Reads modules from where they are. */
@FunctionalInterface
public interface WasmModuleLoader {

  /**
   * @return bytes that begin as a WebAssembly module does and have the digest that the descriptor
   *     pins
   * @throws WasmLoadException if they can't be read ({@code LOAD}), are too many ({@code LOAD}),
   *     have another digest ({@code INTEGRITY}) or are something else ({@code MALFORMED})
   */
  WasmBinary load(WasmModuleDescriptor module);
}
