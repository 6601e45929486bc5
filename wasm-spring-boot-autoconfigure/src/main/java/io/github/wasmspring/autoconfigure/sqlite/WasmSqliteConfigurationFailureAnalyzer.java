package io.github.wasmspring.autoconfigure.sqlite;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why a data source of SQLite can't work, and what to change. */
final class WasmSqliteConfigurationFailureAnalyzer
    extends AbstractFailureAnalyzer<WasmSqliteConfigurationException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, WasmSqliteConfigurationException cause) {
    return new FailureAnalysis(cause.problem(), cause.action(), cause);
  }
}
