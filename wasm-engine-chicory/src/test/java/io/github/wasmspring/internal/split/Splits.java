package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmBinaryException;
import io.github.wasmspring.engine.chicory.ChicoryEngine;
import java.util.List;

/** Splits modules for Chicory of which nobody knows yet whether they are some. */
public final class Splits {

  private Splits() {}

  public static SplitModule of(byte[] module) {
    return of(module, SplitLimits.DEFAULTS);
  }

  public static SplitModule of(byte[] module, SplitLimits limits) {
    try {
      return WasmSplitter.split(module, ModuleFacts.of(module), ChicoryEngine.COSTS, limits);
    } catch (WasmBinaryException damaged) {
      return new SplitModule(module, List.of());
    }
  }
}
