package io.github.wasmspring.autoconfigure.diagnostics;

import io.github.wasmspring.WasmVersionConflictException;
import io.github.wasmspring.internal.module.ModuleProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains that the versions of modules do not go together. */
final class WasmVersionConflictFailureAnalyzer
    extends AbstractFailureAnalyzer<WasmVersionConflictException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, WasmVersionConflictException failure) {
    String module = failure.module();
    return new FailureAnalysis(
        Texts.paragraphs(
            "The versions of the WebAssembly module '%s' do not go together: %s."
                .formatted(module, failure.detail()),
            "Asked for: " + failure.requested(),
            "Registered: " + String.join(", ", failure.registered())),
        action(module, failure),
        failure);
  }

  private static String action(@Nullable String module, WasmVersionConflictException failure) {
    return failure.registered().contains(failure.requested())
        ? "Register the module once only: remove one of its declarations, or give it another version with %s or another id."
            .formatted(ModuleProperty.of(module, "version"))
        : "Widen the range that is asked for (the version of @WasmModule, or of a dependency between modules) so that it takes in one of the registered versions, or add the dependency or the property %s that brings a version within the range."
            .formatted(ModuleProperty.of(module, "location"));
  }
}
