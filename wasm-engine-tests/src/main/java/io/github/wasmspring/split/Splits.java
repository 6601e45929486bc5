package io.github.wasmspring.split;

import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmBinaryException;
import java.util.List;

/** Splits modules of which nobody knows yet whether they are some. */
final class Splits {

  private Splits() {}

  static SplitModule of(byte[] module) {
    return of(module, SplitLimits.DEFAULTS);
  }

  static SplitModule of(byte[] module, SplitLimits limits) {
    try {
      return WasmSplitter.split(module, ModuleFacts.of(module), limits);
    } catch (WasmBinaryException damaged) {
      return new SplitModule(module, List.of());
    }
  }
}
