package io.github.wasmspring.internal.split;

import java.util.Arrays;

/**
 * Where instructions of a function that was split stand in the module, as far as they were not made
 * by splitting. Kept as runs of code that was copied in one piece.
 */
public final class OriginalOffsets {

  /** What {@link #of} says of an instruction that was not there before. */
  public static final int NONE = -1;

  private static final int NEW = Integer.MIN_VALUE;

  private final int[] starts;
  private final int[] shifts;

  private OriginalOffsets(int[] starts, int[] shifts) {
    this.starts = starts;
    this.shifts = shifts;
  }

  /**
   * @param offset of an instruction in what splitting has made
   * @return its offset in the module, or {@link #NONE}
   */
  public int of(int offset) {
    int found = Arrays.binarySearch(this.starts, offset);
    int run = found >= 0 ? found : -found - 2;
    return run < 0 || this.shifts[run] == NEW ? NONE : offset + this.shifts[run];
  }

  /** Takes down what is written. */
  static final class Log {

    private int[] starts = new int[64];
    private int[] shifts = new int[64];
    private int count;

    /**
     * @param start where it is in what is written
     * @param original where it stood before
     */
    void copied(int start, int original) {
      add(start, original - start);
    }

    void made(int start) {
      add(start, NEW);
    }

    private void add(int start, int shift) {
      if (this.count > 0 && this.shifts[this.count - 1] == shift) {
        return;
      }
      if (this.count == this.starts.length) {
        this.starts = Arrays.copyOf(this.starts, 2 * this.count);
        this.shifts = Arrays.copyOf(this.shifts, 2 * this.count);
      }
      this.starts[this.count] = start;
      this.shifts[this.count] = shift;
      this.count++;
    }

    OriginalOffsets toOffsets() {
      return new OriginalOffsets(
          Arrays.copyOf(this.starts, this.count), Arrays.copyOf(this.shifts, this.count));
    }
  }
}
