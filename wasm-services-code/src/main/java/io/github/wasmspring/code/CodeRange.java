package io.github.wasmspring.code;

/**
 * A part of a text.
 *
 * @param start where it begins, in chars of the {@link String}, from 0
 * @param end where it has ended, not less than {@code start}
 */
public record CodeRange(int start, int end) {

  /**
   * @throws IllegalArgumentException if it ends before it begins, or begins before the text
   */
  public CodeRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("%d to %d is no range".formatted(start, end));
    }
  }

  public int length() {
    return this.end - this.start;
  }

  /** The part of a text. */
  public String of(String text) {
    return text.substring(this.start, this.end);
  }
}
