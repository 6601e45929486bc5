package io.github.wasmspring.internal.adaptive;

import io.github.wasmspring.adaptive.WasmAdaptiveRow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The operations of one module that a Java fallback could answer as well, and who does. */
public final class AdaptiveChoices {

  private final Map<String, AdaptiveChoice> operations = new ConcurrentHashMap<>();

  /** All callers of an operation share what is known of it. */
  public AdaptiveChoice of(String operation) {
    return this.operations.computeIfAbsent(operation, name -> new AdaptiveChoice());
  }

  /** What is known by now, by operation; operations without a call are left out. */
  public Map<String, List<WasmAdaptiveRow>> rows() {
    Map<String, List<WasmAdaptiveRow>> rows = new TreeMap<>();
    this.operations.forEach((name, choice) -> rows.put(name, choice.rows()));
    rows.values().removeIf(List::isEmpty);
    return rows;
  }

  /** Begins anew, as for code that has not been seen before. */
  public void forget() {
    this.operations.values().forEach(AdaptiveChoice::forget);
  }
}
