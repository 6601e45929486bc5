package io.github.wasmspring.internal.split;

import java.util.Arrays;

/**
 * Where instructions of a split module stand in the module as it was, as far as they were not made
 * by splitting. Kept as runs of code that was copied in one piece.
 */
public final class OriginalOffsets {

  /** What {@link #of} says of an instruction that was not there before. */
  public static final int NONE = -1;

  /** Of a module that is as it was. */
  static final OriginalOffsets SAME = new OriginalOffsets(new int[0], new int[0]);

  private static final int NEW = Integer.MIN_VALUE;

  private final int[] starts;
  private final int[] shifts;

  private OriginalOffsets(int[] starts, int[] shifts) {
    this.starts = starts;
    this.shifts = shifts;
  }

  /**
   * @param offset of an instruction in the split module
   * @return its offset in the module that was split, or {@link #NONE}
   */
  public int of(int offset) {
    int found = Arrays.binarySearch(this.starts, offset);
    int run = found >= 0 ? found : -found - 2;
    if (run < 0) {
      return offset;
    }
    return this.shifts[run] == NEW ? NONE : offset + this.shifts[run];
  }

  /** How many runs are kept. */
  int runs() {
    return this.starts.length;
  }

  /** Takes down what is written, function by function. */
  static final class Log {

    private int[] starts = new int[64];
    private int[] shifts = new int[64];
    private int count;
    private int placed;

    /**
     * @param start where it is in what is written, to be {@link #place placed} yet
     * @param original where it stood before
     */
    void copied(int start, int original) {
      add(start, original - start);
    }

    void made(int start) {
      add(start, NEW);
    }

    private void add(int start, int shift) {
      if (this.count > this.placed && this.shifts[this.count - 1] == shift) {
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

    /**
     * @param place where that begins that was taken down since the last time
     */
    void place(int place) {
      move(this.placed, place);
      this.placed = this.count;
    }

    private void move(int first, int distance) {
      for (int i = first; i < this.count; i++) {
        this.starts[i] += distance;
        this.shifts[i] -= this.shifts[i] == NEW ? 0 : distance;
      }
    }

    /**
     * @param place where all of it begins
     */
    OriginalOffsets toOffsets(int place) {
      move(0, place);
      return new OriginalOffsets(
          Arrays.copyOf(this.starts, this.count), Arrays.copyOf(this.shifts, this.count));
    }
  }
}
