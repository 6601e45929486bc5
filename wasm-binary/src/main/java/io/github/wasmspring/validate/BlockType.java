package io.github.wasmspring.validate;

/** What the block takes and gives that was read last; places in {@link ModuleTypes#pool()}. */
final class BlockType {

  int parametersAt;
  int parameters;
  int resultsAt;
  int results;

  void set(int newParametersAt, int newParameters, int newResultsAt, int newResults) {
    this.parametersAt = newParametersAt;
    this.parameters = newParameters;
    this.resultsAt = newResultsAt;
    this.results = newResults;
  }
}
