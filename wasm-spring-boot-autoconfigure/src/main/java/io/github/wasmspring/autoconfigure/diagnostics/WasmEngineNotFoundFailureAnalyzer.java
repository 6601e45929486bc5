package io.github.wasmspring.autoconfigure.diagnostics;

import io.github.wasmspring.engine.WasmEngineNotFoundException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which engines there are, or how to get one. */
final class WasmEngineNotFoundFailureAnalyzer
    extends AbstractFailureAnalyzer<WasmEngineNotFoundException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, WasmEngineNotFoundException failure) {
    if (failure.available().isEmpty()) {
      return new FailureAnalysis(
          "No engine for WebAssembly is on the class path.",
          "Add io.github.wasmspring:wasm-engine-jvm, which the starter brings unless it is"
              + " excluded.",
          failure);
    }
    String available = String.join(", ", failure.available());
    return new FailureAnalysis(
        "The property wasm.engine.name names the engine '%s', and on the class path are: %s."
            .formatted(failure.name(), available),
        "Set wasm.engine.name to one of these, leave it out, or add the engine's dependency.",
        failure);
  }
}
