package io.github.wasmspring.internal.engine.jvm.code;

import java.util.Arrays;

/**
 * The types of the operands of a function, and what is known of how each came to be. Used for one
 * function after the other.
 */
final class TypedStack {

  /** The type of what unreachable code takes from nowhere. */
  static final int UNKNOWN = 0;

  static final int NONE = -1;

  private static final int CONSTANT = 1;
  private static final int NOT_NEGATIVE = 2;

  private int[] types = new int[64];
  private int[] starts = new int[64];
  private int[] locals = new int[64];
  private int[] versions = new int[64];
  private int[] flags = new int[64];
  private int[] constants = new int[64];
  private VectorKind[] kinds = new VectorKind[64];
  private int height;
  private int highest;
  private int sealed;

  void clear() {
    this.height = 0;
    this.highest = 0;
    this.sealed = 0;
  }

  int height() {
    return this.height;
  }

  int highest() {
    return this.highest;
  }

  /**
   * @param start the first instruction of those that make the value and nothing else, {@link #NONE}
   *     if nothing can be put below it any more
   */
  void push(int type, int start) {
    if (this.height == this.types.length) {
      int more = 2 * this.height;
      this.types = Arrays.copyOf(this.types, more);
      this.starts = Arrays.copyOf(this.starts, more);
      this.locals = Arrays.copyOf(this.locals, more);
      this.versions = Arrays.copyOf(this.versions, more);
      this.flags = Arrays.copyOf(this.flags, more);
      this.constants = Arrays.copyOf(this.constants, more);
      this.kinds = Arrays.copyOf(this.kinds, more);
    }
    this.types[this.height] = type;
    this.starts[this.height] = start;
    this.locals[this.height] = NONE;
    this.flags[this.height] = 0;
    this.kinds[this.height] = VectorKind.HALVES;
    this.height++;
    this.highest = Math.max(this.highest, this.height);
  }

  void shrink(int to) {
    this.height = to;
    this.sealed = Math.min(this.sealed, to);
  }

  int type(int index) {
    return this.types[index];
  }

  int start(int index) {
    return index < this.sealed ? NONE : this.starts[index];
  }

  /** The local that the value was taken from or put into, {@link #NONE} for none. */
  int local(int index) {
    return this.locals[index];
  }

  /** How often that local had been assigned by then. */
  int version(int index) {
    return this.versions[index];
  }

  void setLocal(int index, int local, int version) {
    this.locals[index] = local;
    this.versions[index] = version;
  }

  void setConstant(int index, int value) {
    this.flags[index] = value >= 0 ? CONSTANT | NOT_NEGATIVE : CONSTANT;
    this.constants[index] = value;
  }

  boolean isConstant(int index) {
    return (this.flags[index] & CONSTANT) != 0;
  }

  int constant(int index) {
    return this.constants[index];
  }

  boolean isNotNegative(int index) {
    return (this.flags[index] & NOT_NEGATIVE) != 0;
  }

  void setNotNegative(int index) {
    this.flags[index] |= NOT_NEGATIVE;
  }

  /** What a vector is, by the index of its lower half. */
  VectorKind kind(int index) {
    return this.kinds[index];
  }

  void setKind(int index, VectorKind kind) {
    this.kinds[index] = kind;
  }

  /** Nothing can be put below what is there now. */
  void seal() {
    this.sealed = this.height;
  }
}
