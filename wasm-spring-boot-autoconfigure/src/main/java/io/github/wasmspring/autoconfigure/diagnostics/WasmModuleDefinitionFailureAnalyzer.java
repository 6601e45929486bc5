package io.github.wasmspring.autoconfigure.diagnostics;

import io.github.wasmspring.autoconfigure.scan.WasmModuleDefinitionException;
import java.util.Objects;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains what is wrong with a class marked as a module. */
final class WasmModuleDefinitionFailureAnalyzer
    extends AbstractFailureAnalyzer<WasmModuleDefinitionException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, WasmModuleDefinitionException failure) {
    return new FailureAnalysis(Objects.toString(failure.getMessage()), failure.action(), failure);
  }
}
