package io.github.wasmspring.validate;

import static io.github.wasmspring.validate.StackType.I32;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.Opcode;

/** What moves values: locals, globals, choices, references. */
final class ValueRules {

  private final BinaryCursor in;
  private final Position place;
  private final ModuleScope scope;
  private final ModuleTypes types;
  private final OperandStack stack;
  private final Locals locals;

  ValueRules(
      BinaryCursor in, Position place, ModuleScope scope, OperandStack stack, Locals locals) {
    this.in = in;
    this.place = place;
    this.scope = scope;
    this.types = scope.types;
    this.stack = stack;
    this.locals = locals;
  }

  void apply(int opcode) {
    switch (opcode) {
      case Opcode.DROP -> this.stack.pop();
      case Opcode.SELECT -> select();
      case Opcode.SELECT_TYPED -> selectTyped();
      case Opcode.LOCAL_GET -> {
        int local = local();
        if (!this.locals.isSet(local)) {
          throw this.place.invalid("uninitialized local %d".formatted(local));
        }
        this.stack.push(this.locals.type(local));
      }
      case Opcode.LOCAL_SET -> {
        int local = local();
        this.stack.pop(this.locals.type(local));
        this.locals.set(local);
      }
      case Opcode.LOCAL_TEE -> {
        int local = local();
        this.stack.pop(this.locals.type(local));
        this.stack.push(this.locals.type(local));
        this.locals.set(local);
      }
      case Opcode.GLOBAL_GET ->
          this.stack.push(this.scope.globals[this.scope.global(this.in.u32())]);
      case Opcode.GLOBAL_SET -> setGlobal();
      default -> reference(opcode);
    }
  }

  private void reference(int opcode) {
    switch (opcode) {
      case Opcode.REF_NULL ->
          this.stack.push(StackType.REFERENCE | StackType.NULLABLE | this.types.readHeap(this.in));
      case Opcode.REF_IS_NULL -> {
        this.stack.popReference();
        this.stack.push(I32);
      }
      case Opcode.REF_FUNC -> {
        int function = this.scope.function(this.in.u32());
        if (!this.scope.declared.get(function)) {
          throw this.place.invalid(
              "undeclared function reference: function %d is exported by nothing and in no element segment or global"
                  .formatted(function));
        }
        this.stack.push(StackType.REFERENCE | this.scope.functions[function]);
      }
      case Opcode.REF_AS_NON_NULL -> this.stack.push(StackType.nonNull(this.stack.popReference()));
      default -> throw this.place.malformed("illegal opcode 0x%x".formatted(opcode));
    }
  }

  private int local() {
    long local = this.in.u32();
    if (local >= this.locals.count()) {
      throw this.place.unknown("local", local, this.locals.count());
    }
    return (int) local;
  }

  private void setGlobal() {
    int global = this.scope.global(this.in.u32());
    if (!this.scope.mutable[global]) {
      throw this.place.invalid("immutable global %d is set".formatted(global));
    }
    this.stack.pop(this.scope.globals[global]);
  }

  private void select() {
    this.stack.pop(I32);
    int second = this.stack.pop();
    int first = this.stack.pop();
    if (StackType.isReference(first) || StackType.isReference(second)) {
      throw this.place.invalid("type mismatch: a select of references takes their type");
    }
    if (first != second && first != StackType.BOTTOM && second != StackType.BOTTOM) {
      throw this.place.invalid(
          "type mismatch: a select of %s and %s"
              .formatted(StackType.toString(first), StackType.toString(second)));
    }
    this.stack.push(first == StackType.BOTTOM ? second : first);
  }

  private void selectTyped() {
    int count = this.in.index();
    if (count != 1) {
      throw this.place.invalid("invalid result arity: a select of %d types".formatted(count));
    }
    int type = this.types.read(this.in);
    this.stack.pop(I32);
    this.stack.pop(type);
    this.stack.pop(type);
    this.stack.push(type);
  }
}
