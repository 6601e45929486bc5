package io.github.wasmspring.vector;

import java.util.Arrays;

/** Slots and their scores. */
final class VectorFindings {

  private int[] slots = new int[64];
  private float[] scores = new float[64];
  private int size;

  void add(int slot, float score) {
    if (this.size == this.slots.length) {
      this.slots = Arrays.copyOf(this.slots, 2 * this.size);
      this.scores = Arrays.copyOf(this.scores, 2 * this.size);
    }
    this.slots[this.size] = slot;
    this.scores[this.size++] = score;
  }

  void clear() {
    this.size = 0;
  }

  int size() {
    return this.size;
  }

  int slot(int at) {
    return this.slots[at];
  }

  float score(int at) {
    return this.scores[at];
  }
}
