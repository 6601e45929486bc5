package io.github.wasmspring.runtime;

import java.util.List;

/** Several modules that were to be loaded ahead of their first call could not be. */
public final class WasmPreloadException extends RuntimeException {

  /** With the note about those that are left out, no more than 2 KB if the first one is short. */
  private static final int LONGEST_MESSAGE = 2000;

  private final transient List<Throwable> failures;

  /**
   * @param failures what happened to each of the modules
   */
  public WasmPreloadException(List<Throwable> failures) {
    super(message(failures));
    this.failures = List.copyOf(failures);
    this.failures.forEach(this::addSuppressed);
  }

  private static String message(List<Throwable> failures) {
    StringBuilder message = new StringBuilder(failures.size() + " modules could not be loaded:");
    for (int i = 0; i < failures.size(); i++) {
      String line = System.lineSeparator() + "- " + failures.get(i).getMessage();
      if (i > 0 && message.length() + line.length() > LONGEST_MESSAGE) {
        return message
            .append(System.lineSeparator())
            .append("- and ")
            .append(failures.size() - i)
            .append(" more")
            .toString();
      }
      message.append(line);
    }
    return message.toString();
  }

  /** What happened to each of the modules; empty after serialization. */
  public List<Throwable> failures() {
    return this.failures != null ? this.failures : List.of();
  }
}
