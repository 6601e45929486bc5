package io.github.wasmspring.validate;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The types of the locals of a function, and which of them have a value. Those that have no default
 * must be set before they are read, in the same block or in one around it.
 */
final class Locals {

  private int[] types = new int[64];
  private int count;
  private final BitSet unset = new BitSet();
  private boolean allSet = true;

  /** Which were set, in this order. */
  private int[] set = new int[16];

  private int setCount;

  void clear() {
    this.count = 0;
    this.setCount = 0;
    this.allSet = true;
    this.unset.clear();
  }

  void parameters(int[] from, int start, int number) {
    reserve(number);
    System.arraycopy(from, start, this.types, this.count, number);
    this.count += number;
  }

  void add(int type, int number) {
    reserve(number);
    Arrays.fill(this.types, this.count, this.count + number, type);
    if (!StackType.isDefaultable(type)) {
      this.unset.set(this.count, this.count + number);
      this.allSet = false;
    }
    this.count += number;
  }

  private void reserve(int number) {
    if (this.types.length - this.count < number) {
      this.types = Arrays.copyOf(this.types, Math.max(2 * this.types.length, this.count + number));
    }
  }

  int count() {
    return this.count;
  }

  int type(int local) {
    return this.types[local];
  }

  boolean isSet(int local) {
    return this.allSet || !this.unset.get(local);
  }

  void set(int local) {
    if (isSet(local)) {
      return;
    }
    this.unset.clear(local);
    if (this.setCount == this.set.length) {
      this.set = Arrays.copyOf(this.set, 2 * this.setCount);
    }
    this.set[this.setCount++] = local;
  }

  /** A mark for {@link #forgetSince}. */
  int mark() {
    return this.setCount;
  }

  /** What a block has set is not set behind it. */
  void forgetSince(int mark) {
    while (this.setCount > mark) {
      this.unset.set(this.set[--this.setCount]);
    }
  }
}
