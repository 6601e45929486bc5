package io.github.wasmspring.validate;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.Opcode;

/** Validates the expressions that are evaluated when an instance is made. */
final class ConstantValidator {

  private static final int VECTOR_CONSTANT = 0x0c;

  private final BinaryCursor in;
  private final Position place;
  private final ModuleScope scope;
  private final OperandStack stack;
  private final ConstantRules constants;

  ConstantValidator(BinaryCursor in, Position place, ModuleScope scope) {
    this.in = in;
    this.place = place;
    this.scope = scope;
    this.stack = new OperandStack(place, scope.types);
    this.constants = new ConstantRules(in, scope.types, this.stack);
  }

  /** Reads an expression that gives a value of the type. */
  void read(int type) {
    this.stack.clear();
    this.place.at(this.in.position());
    for (int opcode = this.in.octet(); opcode != Opcode.END; opcode = this.in.octet()) {
      instruction(opcode);
      this.place.at(this.in.position());
    }
    this.stack.pop(type);
    this.stack.checkEmpty();
  }

  private void instruction(int opcode) {
    switch (opcode) {
      case Opcode.GLOBAL_GET -> this.stack.push(global());
      case Opcode.I32_ADD,
          Opcode.I32_SUB,
          Opcode.I32_MUL,
          Opcode.I64_ADD,
          Opcode.I64_SUB,
          Opcode.I64_MUL ->
          NumericRules.apply(opcode, this.stack);
      case Opcode.REF_FUNC -> {
        int function = this.scope.function(this.in.u32());
        this.scope.declared.set(function);
        this.stack.push(StackType.REFERENCE | this.scope.functions[function]);
      }
      case Opcode.VECTOR -> {
        if (this.in.index() != VECTOR_CONSTANT) {
          throw notConstant();
        }
        this.in.skip(16);
        this.stack.push(StackType.V128);
      }
      default -> {
        if (!ConstantRules.knows(opcode)) {
          throw notConstant();
        }
        this.constants.apply(opcode);
      }
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
