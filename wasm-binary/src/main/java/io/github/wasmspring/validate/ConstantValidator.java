package io.github.wasmspring.validate;

import io.github.wasmspring.binary.BinaryCursor;

/** Validates the expressions that are evaluated when an instance is made. */
final class ConstantValidator {

  private static final int END = 0x0b;
  private static final int VECTOR = 0xfd;
  private static final int VECTOR_CONSTANT = 0x0c;

  private final BinaryCursor in;
  private final Position place;
  private final ModuleScope scope;
  private final OperandStack stack;

  ConstantValidator(BinaryCursor in, Position place, ModuleScope scope) {
    this.in = in;
    this.place = place;
    this.scope = scope;
    this.stack = new OperandStack(place, scope.types);
  }

  /** Reads an expression that gives a value of the type. */
  void read(int type) {
    this.stack.clear();
    this.place.at(this.in.position());
    for (int opcode = this.in.octet(); opcode != END; opcode = this.in.octet()) {
      instruction(opcode);
      this.place.at(this.in.position());
    }
    this.stack.pop(type);
    this.stack.checkEmpty();
  }

  private void instruction(int opcode) {
    switch (opcode) {
      case 0x23 -> this.stack.push(global());
      case 0x41 -> {
        this.in.s32();
        this.stack.push(StackType.I32);
      }
      case 0x42 -> {
        this.in.s64();
        this.stack.push(StackType.I64);
      }
      case 0x43 -> {
        this.in.skip(4);
        this.stack.push(StackType.F32);
      }
      case 0x44 -> {
        this.in.skip(8);
        this.stack.push(StackType.F64);
      }
      case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e -> NumericRules.apply(opcode, this.stack);
      case 0xd0 ->
          this.stack.push(
              StackType.REFERENCE | StackType.NULLABLE | this.scope.types.readHeap(this.in));
      case 0xd2 -> {
        int function = this.scope.function(this.in.u32());
        this.scope.declared.set(function);
        this.stack.push(StackType.REFERENCE | this.scope.functions[function]);
      }
      case VECTOR -> {
        if (this.in.index() != VECTOR_CONSTANT) {
          throw notConstant();
        }
        this.in.skip(16);
        this.stack.push(StackType.V128);
      }
      default -> throw notConstant();
    }
  }

  private int global() {
    long index = this.in.u32();
    if (index >= this.scope.knownGlobals) {
      throw this.place.unknown("global", index, this.scope.knownGlobals);
    }
    if (this.scope.mutable[(int) index]) {
      throw this.place.invalid("constant expression required: global %d changes".formatted(index));
    }
    return this.scope.globals[(int) index];
  }

  private RuntimeException notConstant() {
    return this.place.invalid("constant expression required");
  }
}
