package io.github.wasmspring.validate;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.Opcode;

/** Instructions that are nothing but a value. */
final class ConstantRules {

  private final BinaryCursor in;
  private final ModuleTypes types;
  private final OperandStack stack;

  ConstantRules(BinaryCursor in, ModuleTypes types, OperandStack stack) {
    this.in = in;
    this.types = types;
    this.stack = stack;
  }

  /** Whether an instruction is one of these. */
  static boolean knows(int opcode) {
    return opcode >= Opcode.I32_CONST && opcode <= Opcode.F64_CONST || opcode == Opcode.REF_NULL;
  }

  void apply(int opcode) {
    switch (opcode) {
      case Opcode.I32_CONST -> {
        this.in.s32();
        this.stack.push(StackType.I32);
      }
      case Opcode.I64_CONST -> {
        this.in.s64();
        this.stack.push(StackType.I64);
      }
      case Opcode.F32_CONST -> {
        this.in.skip(4);
        this.stack.push(StackType.F32);
      }
      case Opcode.F64_CONST -> {
        this.in.skip(8);
        this.stack.push(StackType.F64);
      }
      default ->
          this.stack.push(StackType.REFERENCE | StackType.NULLABLE | this.types.readHeap(this.in));
    }
  }
}
