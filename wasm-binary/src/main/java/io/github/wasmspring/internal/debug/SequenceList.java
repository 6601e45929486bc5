package io.github.wasmspring.internal.debug;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Sequences of rows, each of which says of what file and line the code is from its address on. The
 * rows of a sequence are in the order of their addresses; a sequence that is not is dropped.
 */
final class SequenceList {

  /** Of which each takes 12 bytes. */
  private static final int MOST_ROWS = 1 << 20;

  private int[] addresses = new int[64];
  private int[] lines = new int[64];
  private int[] files = new int[64];
  private int rows;

  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int[] firstRows = new int[17];
  private int[] sorted = new int[0];
  private int sequences;

  private boolean dropped;

  boolean isFull() {
    return this.rows >= MOST_ROWS;
  }

  int rows() {
    return this.rows;
  }

  /** Begins a sequence, instead of what was not ended. */
  void begin() {
    this.rows = this.firstRows[this.sequences];
    this.dropped = false;
  }

  void add(long address, int line, int file) {
    int first = this.firstRows[this.sequences];
    int previous = this.rows - 1;
    if (address > Integer.MAX_VALUE || previous >= first && address < this.addresses[previous]) {
      this.dropped = true;
    }
    if (this.dropped || isFull()) {
      return;
    }
    if (previous >= first && this.addresses[previous] == address) {
      // Whatever is said last of an address holds.
      this.rows--;
      previous--;
    }
    if (previous >= first && this.lines[previous] == line && this.files[previous] == file) {
      return;
    }
    if (this.rows == this.addresses.length) {
      this.addresses = Arrays.copyOf(this.addresses, 2 * this.rows);
      this.lines = Arrays.copyOf(this.lines, 2 * this.rows);
      this.files = Arrays.copyOf(this.files, 2 * this.rows);
    }
    this.addresses[this.rows] = (int) address;
    this.lines[this.rows] = line;
    this.files[this.rows] = file;
    this.rows++;
  }

  /**
   * @param end the address behind the sequence
   * @param codeLength of the section that has the code; a linker leaves sequences of code that it
   *     has left out at addresses where there is none
   */
  void end(long end, int codeLength) {
    int first = this.firstRows[this.sequences];
    boolean kept =
        !this.dropped
            && this.rows > first
            && this.addresses[first] > 0
            && end > this.addresses[this.rows - 1]
            && end <= codeLength;
    if (kept) {
      if (this.sequences == this.starts.length) {
        this.starts = Arrays.copyOf(this.starts, 2 * this.sequences);
        this.ends = Arrays.copyOf(this.ends, 2 * this.sequences);
        this.firstRows = Arrays.copyOf(this.firstRows, 2 * this.sequences + 1);
      }
      this.starts[this.sequences] = this.addresses[first];
      this.ends[this.sequences] = (int) end;
      this.sequences++;
      this.firstRows[this.sequences] = this.rows;
    }
    begin();
  }

  /** No more will be added. */
  void sort() {
    begin();
    this.sorted =
        IntStream.range(0, this.sequences)
            .boxed()
            .sorted(Comparator.comparingInt(each -> this.starts[each]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.addresses = Arrays.copyOf(this.addresses, this.rows);
    this.lines = Arrays.copyOf(this.lines, this.rows);
    this.files = Arrays.copyOf(this.files, this.rows);
  }

  /** The row that says of what an address is, -1 if none does. */
  int rowAt(int address) {
    int low = 0;
    int high = this.sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (this.starts[this.sorted[middle]] <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == 0) {
      return -1;
    }
    int sequence = this.sorted[low - 1];
    if (address >= this.ends[sequence]) {
      return -1;
    }
    int found =
        Arrays.binarySearch(
            this.addresses, this.firstRows[sequence], this.firstRows[sequence + 1], address);
    return found >= 0 ? found : -found - 2;
  }

  int line(int row) {
    return this.lines[row];
  }

  int file(int row) {
    return this.files[row];
  }
}
