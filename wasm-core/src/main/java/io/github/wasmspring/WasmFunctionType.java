package io.github.wasmspring;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The type of a WebAssembly function. */
public record WasmFunctionType(List<WasmValueType> params, List<WasmValueType> results) {

  public WasmFunctionType {
    params = List.copyOf(params);
    results = List.copyOf(results);
  }

  /** For messages, e.g. {@code (i32, i32) -> i64}. */
  @Override
  public String toString() {
    return "("
        + join(this.params)
        + ") -> "
        + (this.results.size() == 1 ? join(this.results) : "(" + join(this.results) + ")");
  }

  private static String join(Collection<WasmValueType> types) {
    return types.stream().map(WasmValueType::toString).collect(Collectors.joining(", "));
  }
}
