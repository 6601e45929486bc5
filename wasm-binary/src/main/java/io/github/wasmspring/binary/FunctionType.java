package io.github.wasmspring.binary;

import java.util.List;

/** What a function takes and gives. */
public record FunctionType(List<ValueType> parameters, List<ValueType> results) {

  public FunctionType {
    parameters = List.copyOf(parameters);
    results = List.copyOf(results);
  }

  /** For people, e.g. {@code (i32, i64) -> i32}. */
  @Override
  public String toString() {
    return list(this.parameters, true) + " -> " + list(this.results, this.results.size() != 1);
  }

  private static String list(List<ValueType> types, boolean inParentheses) {
    String list = String.join(", ", types.stream().map(ValueType::toString).toList());
    return inParentheses ? "(" + list + ")" : list;
  }
}
