package io.github.wasmspring.client;

import java.util.List;
import java.util.stream.Collectors;

/** Several modules that were to be loaded ahead of their first call could not be. */
public final class WasmPreloadException extends RuntimeException {

  private final transient List<Throwable> failures;

  /**
   * @param failures what happened to each of the modules
   */
  public WasmPreloadException(List<Throwable> failures) {
    super(
        failures.stream()
            .map(failure -> System.lineSeparator() + "- " + failure.getMessage())
            .collect(
                Collectors.joining("", failures.size() + " modules could not be loaded:", "")));
    this.failures = List.copyOf(failures);
    this.failures.forEach(this::addSuppressed);
  }

  /** What happened to each of the modules; empty after serialization. */
  public List<Throwable> failures() {
    return this.failures != null ? this.failures : List.of();
  }
}
