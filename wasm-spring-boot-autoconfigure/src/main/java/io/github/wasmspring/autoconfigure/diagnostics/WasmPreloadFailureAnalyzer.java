package io.github.wasmspring.autoconfigure.diagnostics;

import io.github.wasmspring.runtime.WasmPreloadException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Explains why each of several modules could not be loaded. */
final class WasmPreloadFailureAnalyzer extends AbstractFailureAnalyzer<WasmPreloadException> {

  private static final List<FailureAnalyzer> ANALYZERS =
      List.of(
          new WasmLinkFailureAnalyzer(),
          new WasmLoadFailureAnalyzer(),
          new WasmModuleNotFoundFailureAnalyzer(),
          new WasmVersionConflictFailureAnalyzer());

  @Override
  protected FailureAnalysis analyze(Throwable root, WasmPreloadException failure) {
    List<FailureAnalysis> each =
        failure.failures().stream().map(WasmPreloadFailureAnalyzer::analyzeOne).toList();
    return new FailureAnalysis(
        Texts.paragraphs(each.stream().map(FailureAnalysis::getDescription).toArray(String[]::new)),
        Texts.paragraphs(
            each.stream()
                .map(FailureAnalysis::getAction)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(String[]::new)),
        failure);
  }

  private static FailureAnalysis analyzeOne(Throwable failure) {
    for (FailureAnalyzer analyzer : ANALYZERS) {
      @Nullable FailureAnalysis analysis = analyzer.analyze(failure);
      if (analysis != null) {
        return analysis;
      }
    }
    return new FailureAnalysis(String.valueOf(failure.getMessage()), null, failure);
  }
}
