package io.github.wasmspring.validate;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.FunctionBody;
import io.github.wasmspring.binary.Opcode;

/**
 * Validates functions instruction by instruction, with the algorithm of the specification's
 * appendix. Between two instructions it tells what is on the stack.
 *
 * @see <a href="https://webassembly.github.io/spec/core/appendix/algorithm.html">Validation
 *     algorithm</a>
 */
public final class FunctionValidator {

  private static final int VALUES = 0;
  private static final int NUMBERS = 1;
  private static final int STORAGE = 2;
  private static final int CONTROL = 3;
  private static final int CONSTANTS = 4;
  private static final int PREFIXES = 5;

  /** Whose rules hold for an instruction: asking all would take longer than applying one. */
  private static final byte[] SUBJECT = new byte[256];

  private static final int FIRST_BULK = 8;
  private static final int FIRST_WIDE = 19;

  static {
    for (int opcode = 0; opcode < SUBJECT.length; opcode++) {
      SUBJECT[opcode] = (byte) subject(opcode);
    }
  }

  private final BinaryCursor in;
  private final Position place;
  private final ModuleScope scope;
  private final ModuleTypes types;
  private final Locals locals = new Locals();
  private final OperandStack stack;
  private final Blocks blocks;
  private final ControlRules control;
  private final ConstantRules constants;
  private final ValueRules values;
  private final StorageRules storage;
  private final VectorRules vectors;

  FunctionValidator(BinaryCursor in, Position place, ModuleScope scope) {
    this.in = in;
    this.place = place;
    this.scope = scope;
    this.types = scope.types;
    this.stack = new OperandStack(place, scope.types);
    this.blocks = new Blocks(this.stack, this.locals);
    this.control = new ControlRules(in, place, scope, this.stack, this.blocks);
    this.constants = new ConstantRules(in, scope.types, this.stack);
    this.values = new ValueRules(in, place, scope, this.stack, this.locals);
    this.storage = new StorageRules(in, place, scope, this.stack);
    this.vectors = new VectorRules(in, place, this.stack, this.storage);
  }

  private static int subject(int opcode) {
    if (opcode >= Opcode.GC) {
      return PREFIXES;
    }
    if (NumericRules.isNumeric(opcode)) {
      return NUMBERS;
    }
    if (StorageRules.knows(opcode)) {
      return STORAGE;
    }
    if (ControlRules.knows(opcode)) {
      return CONTROL;
    }
    return ConstantRules.knows(opcode) ? CONSTANTS : VALUES;
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
    this.control.begin(type);
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
    switch (SUBJECT[opcode]) {
      case NUMBERS -> NumericRules.apply(opcode, this.stack);
      case STORAGE -> this.storage.apply(opcode);
      case CONTROL -> this.control.apply(opcode);
      case CONSTANTS -> this.constants.apply(opcode);
      case PREFIXES -> prefixed(opcode, this.in.index());
      default -> this.values.apply(opcode);
    }
  }

  private void prefixed(int prefix, int number) {
    switch (prefix) {
      case Opcode.BULK -> {
        if (number < FIRST_BULK) {
          NumericRules.saturate(number, this.stack);
        } else if (number < FIRST_WIDE) {
          this.storage.bulk(number);
        } else {
          NumericRules.wide(number, this.stack);
        }
      }
      case Opcode.VECTOR -> this.vectors.apply(number);
      case Opcode.ATOMIC -> this.storage.atomic(number);
      default -> throw this.place.malformed("illegal opcode 0x%x %d".formatted(prefix, number));
    }
  }
}
