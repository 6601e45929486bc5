package io.github.wasmspring.data;

import static io.github.wasmspring.data.JavaVector.NULL;
import static io.github.wasmspring.data.JavaVector.VALUE;

import java.util.Deque;

/** Logic of three values, and what chooses between values. */
final class JavaLogic {

  private JavaLogic() {}

  static void run(Deque<JavaVector> stack, int op) {
    switch (op) {
      case DataOp.AND -> decide(stack, 0);
      case DataOp.OR -> decide(stack, 1);
      case DataOp.NOT -> not(stack);
      case DataOp.IS_NULL -> isNull(stack);
      case DataOp.IF -> choose(stack);
      case DataOp.COALESCE -> coalesce(stack);
      case DataOp.TRY -> attempt(stack);
      default -> throw JavaOperators.unknown(op);
    }
  }

  /**
   * @param decisive the operand that settles it, whatever the other one is
   */
  private static void decide(Deque<JavaVector> stack, long decisive) {
    JavaVector right = stack.pop();
    JavaVector left = stack.pop();
    JavaVector to = JavaVector.ofBits(left.states.length);
    for (int row = 0; row < to.states.length; row++) {
      if (is(left, row, decisive) || is(right, row, decisive)) {
        to.set(row, decisive);
      } else {
        to.states[row] = JavaVector.both(left.states[row], right.states[row]);
        to.bits[row] = 1 - decisive;
      }
    }
    stack.push(to);
  }

  private static boolean is(JavaVector vector, int row, long value) {
    return vector.states[row] == VALUE && vector.bits[row] == value;
  }

  private static void not(Deque<JavaVector> stack) {
    JavaVector from = stack.pop();
    JavaVector to = JavaVector.ofBits(from.states.length);
    for (int row = 0; row < to.states.length; row++) {
      to.states[row] = from.states[row];
      to.bits[row] = 1 ^ from.bits[row];
    }
    stack.push(to);
  }

  private static void isNull(Deque<JavaVector> stack) {
    JavaVector from = stack.pop();
    JavaVector to = JavaVector.ofBits(from.states.length);
    for (int row = 0; row < to.states.length; row++) {
      to.set(row, from.states[row] == NULL);
      to.states[row] = (byte) Math.max(VALUE, from.states[row]);
    }
    stack.push(to);
  }

  private static void choose(Deque<JavaVector> stack) {
    JavaVector then = stack.pop();
    JavaVector condition = stack.pop();
    JavaVector otherwise = stack.pop();
    JavaVector to = then.like(then.states.length);
    for (int row = 0; row < to.states.length; row++) {
      if (condition.states[row] > VALUE) {
        to.states[row] = condition.states[row];
      } else {
        to.copy(row, is(condition, row, 1) ? then : otherwise, row);
      }
    }
    stack.push(to);
  }

  private static void coalesce(Deque<JavaVector> stack) {
    JavaVector second = stack.pop();
    JavaVector first = stack.pop();
    JavaVector to = first.like(first.states.length);
    for (int row = 0; row < to.states.length; row++) {
      to.copy(row, first.states[row] == NULL ? second : first, row);
    }
    stack.push(to);
  }

  private static void attempt(Deque<JavaVector> stack) {
    JavaVector from = stack.pop();
    JavaVector to = from.like(from.states.length);
    for (int row = 0; row < to.states.length; row++) {
      to.copy(row, from, row);
      if (from.states[row] > VALUE) {
        to.states[row] = NULL;
      }
    }
    stack.push(to);
  }
}
