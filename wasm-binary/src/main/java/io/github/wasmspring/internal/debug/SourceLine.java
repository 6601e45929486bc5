package io.github.wasmspring.internal.debug;

/**
 * A line of a source file.
 *
 * @param file its name without folders
 * @param line from 1
 */
public record SourceLine(String file, int line) {

  /** For people, e.g. {@code parser.c:12}. */
  @Override
  public String toString() {
    return this.file + ":" + this.line;
  }
}
