package io.github.wasmspring.data;

import java.util.Arrays;

/** Collects pairs of rows. */
final class JavaPairs {

  private final int[] rows;
  private final int[] partners;
  private int count;

  JavaPairs(int most) {
    this.rows = new int[most];
    this.partners = new int[most];
  }

  boolean isFull() {
    return this.count == this.rows.length;
  }

  void addIf(boolean wanted, int row, int partner) {
    if (wanted) {
      this.rows[this.count] = row;
      this.partners[this.count++] = partner;
    }
  }

  DataKernel.Pairs build() {
    return new DataKernel.Pairs(
        Arrays.copyOf(this.rows, this.count), Arrays.copyOf(this.partners, this.count));
  }
}
