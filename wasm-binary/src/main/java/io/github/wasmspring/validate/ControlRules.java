package io.github.wasmspring.validate;

import static io.github.wasmspring.validate.StackType.I32;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.Opcode;

/** What opens and closes blocks, branches, calls, throws and catches. */
final class ControlRules {

  private static final int NO_RESULT = 0x40;

  private final BinaryCursor in;
  private final Position place;
  private final ModuleScope scope;
  private final ModuleTypes types;
  private final OperandStack stack;
  private final Blocks blocks;
  private final BlockType block = new BlockType();

  ControlRules(
      BinaryCursor in, Position place, ModuleScope scope, OperandStack stack, Blocks blocks) {
    this.in = in;
    this.place = place;
    this.scope = scope;
    this.types = scope.types;
    this.stack = stack;
    this.blocks = blocks;
  }

  /** The function is the outermost block. */
  void begin(int type) {
    this.block.set(0, 0, this.types.resultsAt(type), this.types.results(type));
    this.blocks.enter(Blocks.FUNCTION, this.block);
  }

  /** Whether {@link #apply} knows the instruction. */
  static boolean knows(int opcode) {
    return opcode < Opcode.DROP
        || opcode == Opcode.TRY_TABLE
        || opcode == Opcode.BR_ON_NULL
        || opcode == Opcode.BR_ON_NON_NULL;
  }

  void apply(int opcode) {
    switch (opcode) {
      case Opcode.UNREACHABLE -> this.stack.unreachable();
      case Opcode.NOP -> {}
      case Opcode.BLOCK -> open(Blocks.BLOCK);
      case Opcode.LOOP -> open(Blocks.LOOP);
      case Opcode.IF -> openIf();
      case Opcode.ELSE -> otherwise();
      case Opcode.TRY -> open(Blocks.TRY);
      case Opcode.CATCH -> handle(Blocks.CATCH, this.scope.tag(this.in.u32()));
      case Opcode.THROW -> {
        popParameters(this.scope.tags[this.scope.tag(this.in.u32())]);
        this.stack.unreachable();
      }
      case Opcode.RETHROW -> rethrow();
      case Opcode.THROW_REF -> {
        this.stack.pop(StackType.EXNREF);
        this.stack.unreachable();
      }
      case Opcode.END -> end();
      case Opcode.BR -> {
        popLabel(label(this.in.u32()));
        this.stack.unreachable();
      }
      case Opcode.BR_IF -> {
        int label = label(this.in.u32());
        this.stack.pop(I32);
        popLabel(label);
        pushLabel(label);
      }
      case Opcode.BR_TABLE -> branchByTable();
      case Opcode.RETURN -> {
        popLabel(this.blocks.depth() - 1);
        this.stack.unreachable();
      }
      case Opcode.CALL -> call(this.scope.functions[this.scope.function(this.in.u32())]);
      case Opcode.CALL_INDIRECT -> call(indirect());
      case Opcode.RETURN_CALL -> tailCall(this.scope.functions[this.scope.function(this.in.u32())]);
      case Opcode.RETURN_CALL_INDIRECT -> tailCall(indirect());
      case Opcode.CALL_REF -> call(referred());
      case Opcode.RETURN_CALL_REF -> tailCall(referred());
      case Opcode.DELEGATE -> delegate();
      case Opcode.CATCH_ALL -> handle(Blocks.CATCH_ALL, -1);
      case Opcode.TRY_TABLE -> tryTable();
      case Opcode.BR_ON_NULL -> branchOnNull();
      case Opcode.BR_ON_NON_NULL -> branchOnNonNull();
      default -> throw this.place.malformed("illegal opcode 0x%x".formatted(opcode));
    }
  }

  private void branchOnNull() {
    int label = label(this.in.u32());
    int found = this.stack.popReference();
    popLabel(label);
    pushLabel(label);
    this.stack.push(StackType.nonNull(found));
  }

  private void branchOnNonNull() {
    int label = label(this.in.u32());
    int found = this.stack.popReference();
    int arity = this.blocks.arity(label);
    if (arity == 0) {
      throw this.place.invalid("type mismatch: the label %d takes no reference".formatted(label));
    }
    this.stack.push(StackType.nonNull(found));
    popLabel(label);
    this.stack.push(this.types.pool(), this.blocks.labelAt(label), arity - 1);
  }

  private void readBlock() {
    int code = this.in.peek();
    if (code == NO_RESULT) {
      this.in.octet();
      this.block.set(0, 0, 0, 0);
    } else if ((code & 0xc0) == 0x40) {
      this.block.set(0, 0, this.types.single(this.types.read(this.in)), 1);
    } else {
      int type = this.types.knownFunction(this.in.s33());
      this.block.set(
          this.types.parametersAt(type),
          this.types.parameters(type),
          this.types.resultsAt(type),
          this.types.results(type));
    }
  }

  private void open(int kind) {
    readBlock();
    enter(kind);
  }

  private void enter(int kind) {
    this.stack.pop(this.types.pool(), this.block.parametersAt, this.block.parameters);
    this.blocks.enter(kind, this.block);
    this.stack.push(this.types.pool(), this.block.parametersAt, this.block.parameters);
  }

  private void openIf() {
    readBlock();
    this.stack.pop(I32);
    enter(Blocks.IF);
  }

  private void otherwise() {
    if (this.blocks.kind(0) != Blocks.IF) {
      throw this.place.malformed("an else without if");
    }
    popResults();
    this.blocks.become(Blocks.ELSE);
    this.stack.push(this.types.pool(), this.blocks.parametersAt(0), this.blocks.parameters(0));
  }

  private void popResults() {
    this.stack.pop(this.types.pool(), this.blocks.resultsAt(0), this.blocks.results(0));
    this.stack.checkEmpty();
  }

  private void end() {
    popResults();
    if (this.blocks.kind(0) == Blocks.IF) {
      checkPasses();
    }
    leave();
  }

  private void leave() {
    int results = this.blocks.results(0);
    int at = this.blocks.resultsAt(0);
    this.blocks.leave();
    if (this.blocks.depth() > 0) {
      this.stack.push(this.types.pool(), at, results);
    }
  }

  /** An if without else gives what it takes. */
  private void checkPasses() {
    int count = this.blocks.parameters(0);
    boolean passes = count == this.blocks.results(0);
    for (int i = 0; i < count && passes; i++) {
      passes =
          this.types.matches(
              this.types.pool()[this.blocks.parametersAt(0) + i],
              this.types.pool()[this.blocks.resultsAt(0) + i]);
    }
    if (!passes) {
      throw this.place.invalid(
          "type mismatch: an if without else that gives what it does not take");
    }
  }

  private int label(long index) {
    if (index >= this.blocks.depth()) {
      throw this.place.unknown("label", index, this.blocks.depth());
    }
    return (int) index;
  }

  private void popLabel(int label) {
    this.stack.pop(this.types.pool(), this.blocks.labelAt(label), this.blocks.arity(label));
  }

  private void pushLabel(int label) {
    this.stack.push(this.types.pool(), this.blocks.labelAt(label), this.blocks.arity(label));
  }

  private void branchByTable() {
    int instruction = this.place.offset();
    this.stack.pop(I32);
    int arity = -1;
    for (int left = this.in.index(); left >= 0; left--) {
      int label = label(this.in.u32());
      if (arity < 0) {
        arity = this.blocks.arity(label);
      } else if (this.blocks.arity(label) != arity) {
        throw this.place.invalid(
            "type mismatch: a br_table with labels of %d and of %d values"
                .formatted(arity, this.blocks.arity(label)));
      }
      if (!this.blocks.seen(label, instruction)) {
        this.stack.check(this.types.pool(), this.blocks.labelAt(label), arity);
      }
    }
    this.stack.unreachable();
  }

  private void popParameters(int type) {
    this.stack.pop(this.types.pool(), this.types.parametersAt(type), this.types.parameters(type));
  }

  private void call(int type) {
    popParameters(type);
    this.stack.push(this.types.pool(), this.types.resultsAt(type), this.types.results(type));
  }

  private void tailCall(int type) {
    int function = this.blocks.depth() - 1;
    int count = this.types.results(type);
    boolean matches = count == this.blocks.results(function);
    for (int i = 0; i < count && matches; i++) {
      matches =
          this.types.matches(
              this.types.result(type, i), this.types.pool()[this.blocks.resultsAt(function) + i]);
    }
    if (!matches) {
      throw this.place.invalid("type mismatch: a tail call with other results than the function's");
    }
    popParameters(type);
    this.stack.unreachable();
  }

  private int indirect() {
    int type = this.types.knownFunction(this.in.u32());
    int table = this.scope.table(this.in.u32());
    if (!this.types.matches(this.scope.tables[table], StackType.FUNCREF)) {
      throw this.place.invalid(
          "type mismatch: a call through a table of %s"
              .formatted(StackType.toString(this.scope.tables[table])));
    }
    this.stack.pop(this.scope.tableAddresses[table]);
    return this.types.same(type);
  }

  private int referred() {
    int type = this.types.same(this.types.knownFunction(this.in.u32()));
    this.stack.pop(StackType.REFERENCE | StackType.NULLABLE | type);
    return type;
  }

  private void tryTable() {
    readBlock();
    this.stack.pop(this.types.pool(), this.block.parametersAt, this.block.parameters);
    for (int left = this.in.index(); left > 0; left--) {
      handler();
    }
    this.blocks.enter(Blocks.TRY_TABLE, this.block);
    this.stack.push(this.types.pool(), this.block.parametersAt, this.block.parameters);
  }

  /** Its label is one of the blocks around. */
  private void handler() {
    int kind = this.in.octet();
    int type = kind < 2 ? this.scope.tags[this.scope.tag(this.in.u32())] : -1;
    int label = label(this.in.u32());
    int values = type < 0 ? 0 : this.types.parameters(type);
    boolean withReference = (kind & 1) == 1;
    boolean matches = values + (withReference ? 1 : 0) == this.blocks.arity(label);
    for (int i = 0; i < values && matches; i++) {
      matches = this.types.matches(this.types.parameter(type, i), labelType(label, i));
    }
    if (withReference && matches) {
      matches = this.types.matches(StackType.nonNull(StackType.EXNREF), labelType(label, values));
    }
    if (!matches) {
      throw this.place.invalid(
          "type mismatch: a handler with other values than its label %d takes".formatted(label));
    }
  }

  private int labelType(int label, int value) {
    return this.types.pool()[this.blocks.labelAt(label) + value];
  }

  /**
   * @param tag -1 for any
   */
  private void handle(int kind, int tag) {
    int before = this.blocks.kind(0);
    if (before != Blocks.TRY && before != Blocks.CATCH) {
      throw this.place.malformed("a catch without try");
    }
    popResults();
    this.blocks.become(kind);
    if (tag >= 0) {
      int type = this.scope.tags[tag];
      this.stack.push(
          this.types.pool(), this.types.parametersAt(type), this.types.parameters(type));
    }
  }

  private void rethrow() {
    int label = label(this.in.u32());
    int kind = this.blocks.kind(label);
    if (kind != Blocks.CATCH && kind != Blocks.CATCH_ALL) {
      throw this.place.invalid("invalid rethrow label %d: it is no catch".formatted(label));
    }
    this.stack.unreachable();
  }

  private void delegate() {
    if (this.blocks.kind(0) != Blocks.TRY) {
      throw this.place.malformed("a delegate without try");
    }
    long label = this.in.u32();
    label(label + 1);
    popResults();
    leave();
  }
}
