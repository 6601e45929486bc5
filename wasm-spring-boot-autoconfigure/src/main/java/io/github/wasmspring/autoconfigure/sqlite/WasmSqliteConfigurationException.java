package io.github.wasmspring.autoconfigure.sqlite;

/** A data source of SQLite that can't work as it is configured. */
final class WasmSqliteConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String action;

  /**
   * @param action what to do about it
   */
  WasmSqliteConfigurationException(String problem, String action) {
    super(problem + " " + action);
    this.problem = problem;
    this.action = action;
  }

  String problem() {
    return this.problem;
  }

  String action() {
    return this.action;
  }
}
