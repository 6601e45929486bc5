package io.github.wasmspring.validate;

import java.util.Arrays;

/** The blocks that are open, the function itself first; a row of an array each. */
final class Blocks {

  /** What a block began with, or which part of it this is. */
  static final int FUNCTION = 0;

  static final int BLOCK = 1;
  static final int LOOP = 2;
  static final int IF = 3;
  static final int ELSE = 4;
  static final int TRY_TABLE = 5;
  static final int TRY = 6;
  static final int CATCH = 7;
  static final int CATCH_ALL = 8;

  private static final int KIND = 0;
  private static final int PARAMETERS_AT = 1;
  private static final int PARAMETERS = 2;
  private static final int RESULTS_AT = 3;
  private static final int RESULTS = 4;
  private static final int FLOOR = 5;
  private static final int UNREACHABLE = 6;
  private static final int LOCALS = 7;
  private static final int SEEN = 8;
  private static final int ROW = 9;

  private final OperandStack stack;
  private final Locals locals;
  private int[] rows = new int[16 * ROW];
  private int depth;

  Blocks(OperandStack stack, Locals locals) {
    this.stack = stack;
    this.locals = locals;
  }

  void clear() {
    this.depth = 0;
  }

  int depth() {
    return this.depth;
  }

  /** Opens a block whose parameters have been taken from the stack. */
  void enter(int kind, BlockType type) {
    if (this.depth > 0) {
      this.rows[top() + UNREACHABLE] = this.stack.isUnreachable() ? 1 : 0;
    }
    int row = this.depth++ * ROW;
    if (row == this.rows.length) {
      this.rows = Arrays.copyOf(this.rows, 2 * row);
    }
    this.stack.enter();
    this.rows[row + KIND] = kind;
    this.rows[row + PARAMETERS_AT] = type.parametersAt;
    this.rows[row + PARAMETERS] = type.parameters;
    this.rows[row + RESULTS_AT] = type.resultsAt;
    this.rows[row + RESULTS] = type.results;
    this.rows[row + FLOOR] = this.stack.floor();
    this.rows[row + LOCALS] = this.locals.mark();
    this.rows[row + SEEN] = -1;
  }

  /** Another part of the innermost block begins. */
  void become(int kind) {
    this.rows[top() + KIND] = kind;
    this.locals.forgetSince(this.rows[top() + LOCALS]);
    this.stack.restart();
  }

  /** Closes the innermost block; its results are not on the stack yet. */
  void leave() {
    this.locals.forgetSince(this.rows[top() + LOCALS]);
    this.depth--;
    if (this.depth > 0) {
      this.stack.resume(this.rows[top() + FLOOR], this.rows[top() + UNREACHABLE] == 1);
    }
  }

  private int top() {
    return (this.depth - 1) * ROW;
  }

  private int row(int label) {
    return (this.depth - 1 - label) * ROW;
  }

  int kind(int label) {
    return this.rows[row(label) + KIND];
  }

  int parametersAt(int label) {
    return this.rows[row(label) + PARAMETERS_AT];
  }

  int parameters(int label) {
    return this.rows[row(label) + PARAMETERS];
  }

  int resultsAt(int label) {
    return this.rows[row(label) + RESULTS_AT];
  }

  int results(int label) {
    return this.rows[row(label) + RESULTS];
  }

  /** Where the types are that a branch to the label carries. */
  int labelAt(int label) {
    return this.rows[row(label) + (kind(label) == LOOP ? PARAMETERS_AT : RESULTS_AT)];
  }

  /** How many values a branch to the label carries. */
  int arity(int label) {
    return this.rows[row(label) + (kind(label) == LOOP ? PARAMETERS : RESULTS)];
  }

  /**
   * @param instruction where one with many labels stands
   * @return whether it has looked at the label before
   */
  boolean seen(int label, int instruction) {
    int at = row(label) + SEEN;
    boolean seen = this.rows[at] == instruction;
    this.rows[at] = instruction;
    return seen;
  }
}
