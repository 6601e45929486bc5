package io.github.wasmspring.data;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the instructions of a program on one chunk, up to what is done with the rows. */
final class JavaMachine {

  /**
   * What leaves the stack.
   *
   * @param vector {@code null} where all rows count
   * @param kind what is computed of it, or the kind of its values
   * @param flags of a key, or of an aggregate the kind of its values
   * @param share of a percentile
   */
  record Item(@Nullable JavaVector vector, int kind, int flags, double share) {}

  private final DataProgram program;
  private final DataChunk chunk;
  private final Deque<JavaVector> stack = new ArrayDeque<>();
  private final List<@Nullable JavaVector> columns = new ArrayList<>();
  final List<JavaVector> outs = new ArrayList<>();
  final List<Item> keys = new ArrayList<>();
  final List<Item> aggregates = new ArrayList<>();
  private final JavaOperators operators = new JavaOperators();
  int[] selection;
  int rows;
  int end;
  int endArgument;

  /**
   * @param chunk all of it, of which the program takes its inputs
   */
  JavaMachine(DataProgram program, DataChunk chunk) {
    this.program = program;
    this.chunk = program.inputs(chunk);
    this.rows = chunk.rows();
    this.selection = new int[this.rows];
    for (int row = 0; row < this.rows; row++) {
      this.selection[row] = row;
    }
    this.chunk.columns().forEach(column -> this.columns.add(null));
  }

  JavaMachine run() {
    int[] words = this.program.words();
    for (int place = 0; ; place++) {
      int at = place * DataProgram.INSTRUCTION;
      if (words[at] == DataOp.END) {
        this.end = words[at + 1];
        this.endArgument = words[at + 2];
        return this;
      }
      step(place, words[at], words[at + 1], words[at + 2], words, at);
    }
  }

  private void step(int place, int op, int a, int b, int[] words, int at) {
    switch (op) {
      case DataOp.LOAD -> this.stack.push(column(a));
      case DataOp.NUMBER -> fill(join(a, b));
      case DataOp.WIDE_NUMBER ->
          fill(DataColumn.wide(join(a, b), join(words[at + 3], words[at + 4])));
      case DataOp.STRING -> fill(new String(this.program.texts(), a, b, StandardCharsets.UTF_8));
      case DataOp.NOTHING -> this.stack.push(nothing(a));
      case DataOp.STORE -> store(a);
      case DataOp.FILTER -> filter(place);
      case DataOp.OUT -> this.outs.add(checked(place));
      case DataOp.KEY -> this.keys.add(new Item(checked(place), a, b, 0));
      case DataOp.AGGREGATE ->
          this.aggregates.add(
              new Item(
                  checked(place),
                  a,
                  b,
                  Double.longBitsToDouble(join(words[at + 3], words[at + 4]))));
      case DataOp.COUNT_ROWS -> this.aggregates.add(new Item(null, a, b, 0));
      case DataOp.TEXT_TO_TIME -> {
        byte[] pattern = java.util.Arrays.copyOfRange(this.program.texts(), a, a + b);
        this.operators.readTimes(this.stack, pattern, words[at + 3] != 0);
      }
      case DataOp.IN_SET -> new JavaSet(this.program.texts(), a, b, words[at + 3]).run(this.stack);
      case DataOp.TO_ZONE, DataOp.FROM_ZONE ->
          this.operators.shift(
              this.stack, new JavaZone(this.program.texts(), a, b), op == DataOp.TO_ZONE);
      default -> this.operators.run(this.stack, op, a, b);
    }
  }

  private static long join(int low, int high) {
    return (low & 0xFFFFFFFFL) | (long) high << Integer.SIZE;
  }

  private JavaVector column(int place) {
    JavaVector known = this.columns.get(place);
    if (known == null) {
      known = JavaVector.of(this.chunk.columns().get(place), this.selection, this.rows);
      this.columns.set(place, known);
    }
    return known;
  }

  private void store(int place) {
    while (this.columns.size() <= place) {
      this.columns.add(null);
    }
    this.columns.set(place, this.stack.pop());
  }

  private void fill(long bits) {
    JavaVector vector = JavaVector.ofBits(this.rows);
    for (int row = 0; row < this.rows; row++) {
      vector.set(row, bits);
    }
    this.stack.push(vector);
  }

  private void fill(BigInteger value) {
    JavaVector vector = JavaVector.ofWides(this.rows);
    for (int row = 0; row < this.rows; row++) {
      vector.set(row, value);
    }
    this.stack.push(vector);
  }

  private void fill(String text) {
    JavaVector vector = JavaVector.ofTexts(this.rows);
    java.util.Arrays.fill(vector.texts, text);
    java.util.Arrays.fill(vector.states, JavaVector.VALUE);
    this.stack.push(vector);
  }

  /**
   * @param kind 0 for bits, 1 for decimals, 2 for texts
   */
  private JavaVector nothing(int kind) {
    return switch (kind) {
      case 0 -> JavaVector.ofBits(this.rows);
      case 1 -> JavaVector.ofWides(this.rows);
      default -> JavaVector.ofTexts(this.rows);
    };
  }

  /** What is wrong with a value matters from here on. */
  private JavaVector checked(int place) {
    JavaVector vector = this.stack.pop();
    for (int row = 0; row < this.rows; row++) {
      if (vector.states[row] > JavaVector.VALUE) {
        throw new DataFailure(vector.states[row], this.selection[row], place);
      }
    }
    return vector;
  }

  private void filter(int place) {
    JavaVector condition = checked(place);
    int[] kept = new int[this.rows];
    int count = 0;
    for (int row = 0; row < this.rows; row++) {
      if (condition.states[row] == JavaVector.VALUE && condition.bits[row] != 0) {
        kept[count++] = row;
      }
    }
    for (int column = 0; column < this.columns.size(); column++) {
      JavaVector vector = this.columns.get(column);
      if (vector != null) {
        JavaVector fewer = vector.like(count);
        for (int row = 0; row < count; row++) {
          fewer.copy(row, vector, kept[row]);
        }
        this.columns.set(column, fewer);
      }
    }
    for (int row = 0; row < count; row++) {
      kept[row] = this.selection[kept[row]];
    }
    this.selection = kept;
    this.rows = count;
  }
}
