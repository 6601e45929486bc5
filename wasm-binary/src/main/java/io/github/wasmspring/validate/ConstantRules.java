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

  /**
   * @return whether it was one
   */
  boolean apply(int opcode) {
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
      case Opcode.REF_NULL ->
          this.stack.push(StackType.REFERENCE | StackType.NULLABLE | this.types.readHeap(this.in));
      default -> {
        return false;
      }
    }
    return true;
  }
}
