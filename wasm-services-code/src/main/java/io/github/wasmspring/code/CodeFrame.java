package io.github.wasmspring.code;

/**
 * Where code was when it threw.
 *
 * @param function its name, empty where it has none
 * @param file what the source was called
 * @param line from 1, 0 if it is not known
 * @param column from 1, 0 if it is not known
 */
public record CodeFrame(String function, String file, int line, int column) {

  /** As stacks are written: {@code total (order.js:3:14)}. */
  @Override
  public String toString() {
    String place = this.line == 0 ? this.file : this.file + ":" + this.line + ":" + this.column;
    return this.function.isEmpty() ? place : this.function + " (" + place + ")";
  }
}
