package io.github.wasmspring.internal.debug;

/** What is said of lines makes no sense. */
final class DamagedLines extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DamagedLines() {
    super("lines that make no sense", null, false, false);
  }
}
