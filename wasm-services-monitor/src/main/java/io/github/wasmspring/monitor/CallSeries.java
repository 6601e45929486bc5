package io.github.wasmspring.monitor;

import org.jspecify.annotations.Nullable;

/**
 * The series of how long the calls of an operation take, in nanoseconds.
 *
 * @param module the id of the module
 * @param operation as the module names it
 */
public record CallSeries(String module, String operation) {

  private static final String PREFIX = "wasm.calls/";

  /** The name of the series, {@code wasm.calls/json/format}. */
  public String name() {
    return PREFIX + this.module + '/' + this.operation;
  }

  /** {@code null} if a series of that name is none of calls. */
  public static @Nullable CallSeries of(String name) {
    int slash = name.startsWith(PREFIX) ? name.indexOf('/', PREFIX.length()) : -1;
    return slash < 0
        ? null
        : new CallSeries(name.substring(PREFIX.length(), slash), name.substring(slash + 1));
  }
}
