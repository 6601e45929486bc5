package io.github.wasmspring.code;

/** What code has written to its console by one call. */
public record CodeConsoleLine(Level level, String text) {

  /** How much it matters; {@code console.log} is {@code INFO}. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }
}
