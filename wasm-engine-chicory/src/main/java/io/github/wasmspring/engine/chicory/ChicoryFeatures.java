package io.github.wasmspring.engine.chicory;

import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.module.WasmEngineMode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What Chicory can run. Its structs and arrays are in the heap of the JVM, where no limit holds
 * them: garbage collection is missing here for that reason.
 */
final class ChicoryFeatures {

  private static final Set<WasmFeature> MISSING =
      EnumSet.of(
          WasmFeature.SIMD,
          WasmFeature.RELAXED_SIMD,
          WasmFeature.LEGACY_EXCEPTION_HANDLING,
          WasmFeature.GC,
          WasmFeature.MEMORY64,
          WasmFeature.CUSTOM_PAGE_SIZES,
          WasmFeature.WIDE_ARITHMETIC,
          WasmFeature.STACK_SWITCHING);

  private static final Set<WasmFeature> ALL =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.copyOf(MISSING)));

  private ChicoryFeatures() {}

  static Set<WasmFeature> of(WasmEngineMode mode) {
    return ALL;
  }
}
