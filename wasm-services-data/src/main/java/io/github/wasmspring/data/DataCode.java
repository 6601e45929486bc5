package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instructions that leave one value on the stack.
 *
 * @param type of the value, {@code null} for a {@code null} that can be of any
 * @param instructions of five numbers each
 * @param text of a literal of text, which can be a date as well; {@code null} for others
 */
record DataCode(@Nullable DataType type, List<int[]> instructions, @Nullable String text) {

  static int[] instruction(int op, int... arguments) {
    int[] instruction = new int[5];
    instruction[0] = op;
    System.arraycopy(arguments, 0, instruction, 1, arguments.length);
    return instruction;
  }

  static DataCode of(@Nullable DataType type, int op, int... arguments) {
    return new DataCode(type, List.of(instruction(op, arguments)), null);
  }

  /** The same, then one instruction. */
  DataCode then(@Nullable DataType type, int op, int... arguments) {
    return join(type, List.of(this), op, arguments);
  }

  static DataCode join(@Nullable DataType type, List<DataCode> operands, int op, int... arguments) {
    List<int[]> all = new ArrayList<>();
    operands.forEach(operand -> all.addAll(operand.instructions));
    all.add(instruction(op, arguments));
    return new DataCode(type, all, null);
  }

  DataType.@Nullable Kind kind() {
    return this.type == null ? null : this.type.kind();
  }

  static int[] bits(long value) {
    return new int[] {(int) value, (int) (value >>> Integer.SIZE)};
  }
}
