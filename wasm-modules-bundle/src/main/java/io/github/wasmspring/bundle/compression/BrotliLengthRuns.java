package io.github.wasmspring.bundle.compression;

/** The lengths of a prefix code, with symbols for runs of zeros. RFC 7932, 3.5. */
final class BrotliLengthRuns {

  private static final int SYMBOLS = 18;
  private static final int ZEROS = 17;
  private static final int EXTRA = 3;

  private final int[] symbols;
  private final int[] extras;
  private int count;

  /**
   * @param end behind the last length that is not zero
   */
  BrotliLengthRuns(int[] lengths, int end) {
    this.symbols = new int[end];
    this.extras = new int[end];
    for (int i = 0; i < end; ) {
      int zeros = 0;
      while (lengths[i + zeros] == 0) {
        zeros++;
      }
      if (zeros < EXTRA) {
        add(lengths[i++], 0);
      } else {
        addZeros(zeros);
        i += zeros;
      }
    }
  }

  private void add(int symbol, int extra) {
    this.symbols[this.count] = symbol;
    this.extras[this.count++] = extra;
  }

  /** A run that follows a run makes it eight times as long: the digits of one number. */
  private void addZeros(int zeros) {
    int rest = zeros - EXTRA;
    if (rest > 7) {
      addZeros((rest >> 3) - 1 + EXTRA);
    }
    add(ZEROS, rest & 7);
  }

  int[] counts() {
    int[] counts = new int[SYMBOLS];
    for (int i = 0; i < this.count; i++) {
      counts[this.symbols[i]]++;
    }
    return counts;
  }

  void write(BitWriter out, BrotliCode code) {
    for (int i = 0; i < this.count; i++) {
      code.symbol(out, this.symbols[i]);
      if (this.symbols[i] == ZEROS) {
        out.write(this.extras[i], EXTRA);
      }
    }
  }
}
