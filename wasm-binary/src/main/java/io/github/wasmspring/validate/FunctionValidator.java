package io.github.wasmspring.validate;

import static io.github.wasmspring.validate.StackType.I32;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.FunctionBody;

/**
 * Validates functions instruction by instruction, with the algorithm of the specification's
 * appendix. Between two instructions it tells what is on the stack.
 *
 * @see <a href="https://webassembly.github.io/spec/core/appendix/algorithm.html">Validation
 *     algorithm</a>
 */
public final class FunctionValidator {

  private static final int NO_RESULT = 0x40;

  private final BinaryCursor in;
  private final Position place;
  private final ModuleScope scope;
  private final ModuleTypes types;
  private final Locals locals = new Locals();
  private final OperandStack stack;
  private final Blocks blocks;
  private final BlockType block = new BlockType();
  private final StorageRules memory;
  private final VectorRules vectors;

  FunctionValidator(BinaryCursor in, Position place, ModuleScope scope) {
    this.in = in;
    this.place = place;
    this.scope = scope;
    this.types = scope.types;
    this.stack = new OperandStack(place, scope.types);
    this.blocks = new Blocks(this.stack, this.locals);
    this.memory = new StorageRules(in, place, scope, this.stack);
    this.vectors = new VectorRules(in, place, this.stack, this.memory);
  }

  /** Begins with a function: its locals are read, and its first instruction is next. */
  void begin(int function, FunctionBody body) {
    this.in.window(body.start(), body.end());
    this.place.at(body.start());
    this.locals.clear();
    this.stack.clear();
    this.blocks.clear();
    int type = this.scope.functions[function];
    this.locals.parameters(
        this.types.pool(), this.types.parametersAt(type), this.types.parameters(type));
    for (int runs = this.in.index(); runs > 0; runs--) {
      int number = this.in.index();
      this.locals.add(this.types.read(this.in), number);
    }
    this.block.set(0, 0, this.types.resultsAt(type), this.types.results(type));
    this.blocks.enter(Blocks.FUNCTION, this.block);
  }

  /** Whether an instruction is left. */
  public boolean hasNext() {
    return this.blocks.depth() > 0;
  }

  /** Where the next instruction stands in the module. */
  public int position() {
    return this.in.position();
  }

  /** How many values there are, those of the blocks around included. */
  public int height() {
    return this.stack.size();
  }

  /**
   * The type of a value, see {@link StackType}; in code that is not reached also {@link
   * StackType#BOTTOM}.
   *
   * @param depth 0 for the value on top
   */
  public int type(int depth) {
    return this.stack.peek(depth);
  }

  /** Whether the next instruction can be reached. */
  public boolean isReachable() {
    return !this.stack.isUnreachable();
  }

  /** How many blocks are open, the function included. */
  public int depth() {
    return this.blocks.depth();
  }

  /** How many values a branch to a label carries. */
  public int arity(int label) {
    return this.blocks.arity(label);
  }

  /**
   * Validates the next instruction.
   *
   * @throws io.github.wasmspring.binary.WasmBinaryException if it breaks a rule
   */
  public void next() {
    this.place.at(this.in.position());
    int opcode = this.in.octet();
    if (NumericRules.isNumeric(opcode)) {
      NumericRules.apply(opcode, this.stack);
    } else if (NumericRules.isAccess(opcode)) {
      if (NumericRules.isStore(opcode)) {
        this.memory.store(opcode);
      } else {
        this.memory.load(opcode);
      }
    } else if (opcode < 0x1a || opcode == 0x1f) {
      control(opcode);
    } else {
      value(opcode);
    }
  }

  private void control(int opcode) {
    switch (opcode) {
      case 0x00 -> this.stack.unreachable();
      case 0x01 -> {}
      case 0x02 -> open(Blocks.BLOCK);
      case 0x03 -> open(Blocks.LOOP);
      case 0x04 -> openIf();
      case 0x05 -> otherwise();
      case 0x06 -> open(Blocks.TRY);
      case 0x07 -> handle(Blocks.CATCH, this.scope.tag(this.in.u32()));
      case 0x08 -> {
        popParameters(this.scope.tags[this.scope.tag(this.in.u32())]);
        this.stack.unreachable();
      }
      case 0x09 -> rethrow();
      case 0x0a -> {
        this.stack.pop(StackType.EXNREF);
        this.stack.unreachable();
      }
      case 0x0b -> end();
      case 0x0c -> {
        popLabel(label(this.in.u32()));
        this.stack.unreachable();
      }
      case 0x0d -> {
        int label = label(this.in.u32());
        this.stack.pop(I32);
        popLabel(label);
        pushLabel(label);
      }
      case 0x0e -> branchByTable();
      case 0x0f -> {
        popLabel(this.blocks.depth() - 1);
        this.stack.unreachable();
      }
      case 0x10 -> call(this.scope.functions[this.scope.function(this.in.u32())]);
      case 0x11 -> call(indirect());
      case 0x12 -> tailCall(this.scope.functions[this.scope.function(this.in.u32())]);
      case 0x13 -> tailCall(indirect());
      case 0x14 -> call(referred());
      case 0x15 -> tailCall(referred());
      case 0x18 -> delegate();
      case 0x19 -> handle(Blocks.CATCH_ALL, -1);
      case 0x1f -> tryTable();
      default -> throw this.place.malformed("illegal opcode 0x%x".formatted(opcode));
    }
  }

  private void value(int opcode) {
    switch (opcode) {
      case 0x1a -> this.stack.pop();
      case 0x1b -> select();
      case 0x1c -> selectTyped();
      case 0x20 -> {
        int local = local();
        if (!this.locals.isSet(local)) {
          throw this.place.invalid("uninitialized local %d".formatted(local));
        }
        this.stack.push(this.locals.type(local));
      }
      case 0x21 -> {
        int local = local();
        this.stack.pop(this.locals.type(local));
        this.locals.set(local);
      }
      case 0x22 -> {
        int local = local();
        this.stack.pop(this.locals.type(local));
        this.stack.push(this.locals.type(local));
        this.locals.set(local);
      }
      case 0x23 -> this.stack.push(this.scope.globals[this.scope.global(this.in.u32())]);
      case 0x24 -> setGlobal();
      case 0x25 -> this.memory.getElement();
      case 0x26 -> this.memory.setElement();
      case 0x3f -> this.memory.size();
      case 0x40 -> this.memory.grow();
      case 0x41 -> {
        this.in.s32();
        this.stack.push(I32);
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
      case 0xfc -> {
        int number = this.in.index();
        if (number < 8) {
          NumericRules.saturate(number, this.stack);
        } else if (number < 19) {
          this.memory.bulk(number);
        } else {
          NumericRules.wide(number, this.stack);
        }
      }
      case 0xfd -> this.vectors.apply(this.in.index());
      case 0xfe -> this.memory.atomic(this.in.index());
      default -> reference(opcode);
    }
  }

  private void reference(int opcode) {
    switch (opcode) {
      case 0xd0 ->
          this.stack.push(StackType.REFERENCE | StackType.NULLABLE | this.types.readHeap(this.in));
      case 0xd1 -> {
        this.stack.popReference();
        this.stack.push(I32);
      }
      case 0xd2 -> {
        int function = this.scope.function(this.in.u32());
        if (!this.scope.declared.get(function)) {
          throw this.place.invalid(
              "undeclared function reference: function %d is exported by nothing and in no element segment or global"
                  .formatted(function));
        }
        this.stack.push(StackType.REFERENCE | this.scope.functions[function]);
      }
      case 0xd4 -> this.stack.push(StackType.nonNull(this.stack.popReference()));
      case 0xd5 -> {
        int label = label(this.in.u32());
        int found = this.stack.popReference();
        popLabel(label);
        pushLabel(label);
        this.stack.push(StackType.nonNull(found));
      }
      case 0xd6 -> branchOnNonNull();
      default -> throw this.place.malformed("illegal opcode 0x%x".formatted(opcode));
    }
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
    if (hasNext()) {
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
