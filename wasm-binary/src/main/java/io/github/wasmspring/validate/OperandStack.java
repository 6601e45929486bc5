package io.github.wasmspring.validate;

import java.util.Arrays;

/**
 * The types of the values on the stack. What lies below the floor belongs to the blocks around; in
 * code that is not reached, whatever is asked for lies between.
 */
final class OperandStack {

  /** A function with more can't be run by anybody. */
  private static final int HIGHEST = 1_000_000;

  private final Position place;
  private final ModuleTypes types;
  private int[] values = new int[256];
  private int size;
  private int floor;
  private boolean unreachable;

  OperandStack(Position place, ModuleTypes types) {
    this.place = place;
    this.types = types;
  }

  void clear() {
    this.size = 0;
    resume(0, false);
  }

  int size() {
    return this.size;
  }

  boolean isUnreachable() {
    return this.unreachable;
  }

  int floor() {
    return this.floor;
  }

  /** What is on the stack stays below a block that begins. */
  void enter() {
    resume(this.size, false);
  }

  /** Goes on in a block that was left for one inside. */
  void resume(int atFloor, boolean inUnreachable) {
    this.floor = atFloor;
    this.unreachable = inUnreachable;
  }

  /** Another part of the block begins, e.g. the {@code else}. */
  void restart() {
    this.size = this.floor;
    this.unreachable = false;
  }

  /** Nothing comes here from what is before. */
  void unreachable() {
    this.size = this.floor;
    this.unreachable = true;
  }

  /**
   * @param depth 0 for the value on top
   */
  int peek(int depth) {
    int at = this.size - 1 - depth;
    return at >= this.floor ? this.values[at] : missing(StackType.BOTTOM);
  }

  void push(int type) {
    if (this.size == this.values.length) {
      grow(1);
    }
    this.values[this.size++] = type;
  }

  void push(int[] from, int start, int count) {
    if (this.values.length - this.size < count) {
      grow(count);
    }
    System.arraycopy(from, start, this.values, this.size, count);
    this.size += count;
  }

  private void grow(int count) {
    if (this.size + count > HIGHEST) {
      throw this.place.tooMuch("more than %d values on the stack".formatted(HIGHEST));
    }
    int wanted = Math.max(2 * this.values.length, this.size + count);
    this.values = Arrays.copyOf(this.values, Math.min(HIGHEST, wanted));
  }

  int pop() {
    return this.size > this.floor ? this.values[--this.size] : missing(StackType.BOTTOM);
  }

  void pop(int expected) {
    if (this.size > this.floor) {
      int found = this.values[--this.size];
      if (found != expected) {
        check(found, expected);
      }
    } else {
      missing(expected);
    }
  }

  /**
   * A reference, whatever it refers to.
   *
   * @return its type
   */
  int popReference() {
    int found = pop();
    if (found == StackType.BOTTOM) {
      return StackType.REFERENCE | StackType.BOTTOM_HEAP;
    }
    if (!StackType.isReference(found)) {
      throw mismatch("a reference", StackType.toString(found));
    }
    return found;
  }

  void pop(int[] expected, int start, int count) {
    check(expected, start, count);
    this.size = Math.max(this.floor, this.size - count);
  }

  /** That the values on top have these types, of which the last is on top. */
  void check(int[] expected, int start, int count) {
    int bottom = this.size - count;
    if (bottom >= this.floor
        && Arrays.equals(this.values, bottom, this.size, expected, start, start + count)) {
      return;
    }
    for (int i = count - 1; i >= 0; i--) {
      int at = bottom + i;
      if (at < this.floor) {
        missing(expected[start + i]);
        return;
      }
      check(this.values[at], expected[start + i]);
    }
  }

  private void check(int found, int expected) {
    if (!this.types.matches(found, expected)) {
      throw mismatch(StackType.toString(expected), StackType.toString(found));
    }
  }

  private int missing(int expected) {
    if (!this.unreachable) {
      throw mismatch(
          expected == StackType.BOTTOM ? "a value" : StackType.toString(expected),
          "nothing on the stack");
    }
    return StackType.BOTTOM;
  }

  /** That the block leaves nothing behind. */
  void checkEmpty() {
    if (this.size != this.floor) {
      throw this.place.invalid(
          "type mismatch: %d values too many at the end of a block, on top %s"
              .formatted(this.size - this.floor, StackType.toString(this.values[this.size - 1])));
    }
  }

  private RuntimeException mismatch(String expected, String found) {
    return this.place.invalid("type mismatch: expected %s, found %s".formatted(expected, found));
  }
}
