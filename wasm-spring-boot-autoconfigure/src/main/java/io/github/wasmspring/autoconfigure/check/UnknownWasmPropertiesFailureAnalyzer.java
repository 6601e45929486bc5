package io.github.wasmspring.autoconfigure.check;

import io.github.wasmspring.autoconfigure.check.UnknownWasmPropertiesException.Unknown;
import io.github.wasmspring.autoconfigure.diagnostics.Texts;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which properties nobody reads, and what they should probably be called. */
final class UnknownWasmPropertiesFailureAnalyzer
    extends AbstractFailureAnalyzer<UnknownWasmPropertiesException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, UnknownWasmPropertiesException failure) {
    return new FailureAnalysis(
        "Nobody reads these properties below 'wasm':"
            + Texts.list(
                failure.properties().stream()
                    .map(UnknownWasmPropertiesFailureAnalyzer::line)
                    .toList()),
        "Correct the names or remove the properties. What is your application's own belongs below another prefix, or into a class marked with @ConfigurationProperties.",
        failure);
  }

  private static String line(Unknown property) {
    return property.origin() == null
        ? "%s: %s".formatted(property.name(), property.advice())
        : "%s (%s): %s".formatted(property.name(), property.origin(), property.advice());
  }
}
