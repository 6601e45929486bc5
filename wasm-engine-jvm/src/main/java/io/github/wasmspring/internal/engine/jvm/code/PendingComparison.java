package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I32;

import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.run.TableInstructions;
import org.objectweb.asm.Opcodes;

/** A comparison whose operands are on the stack, until it is known what it decides. */
final class PendingComparison {

  private static final long MASK = 0xffff_ffffL;
  private static final int FIRST = 0x45;
  private static final int LAST = 0x66;

  /** By the order in which the opcodes of integers stand, signed and unsigned. */
  private static final int[] INTEGER = {
    Opcodes.IFEQ, Opcodes.IFNE, Opcodes.IFLT, Opcodes.IFLT, Opcodes.IFGT,
    Opcodes.IFGT, Opcodes.IFLE, Opcodes.IFLE, Opcodes.IFGE, Opcodes.IFGE
  };

  private static final int[] FLOATING = {
    Opcodes.IFEQ, Opcodes.IFNE, Opcodes.IFLT, Opcodes.IFGT, Opcodes.IFLE, Opcodes.IFGE
  };

  private enum Kind {
    NONE,
    ZERO,
    INT,
    UNSIGNED_INT,
    LONG_ZERO,
    LONG,
    UNSIGNED_LONG,
    FLOAT,
    DOUBLE
  }

  private final MethodBody method;
  private final InstructionBuffer code;
  private final TypedStack stack;
  private final boolean joins;
  private Kind kind = Kind.NONE;
  private int jump;
  private int secondStart;
  private int secondIndex;
  private boolean secondConstant;
  private int secondValue;

  /**
   * @param joins see {@link FunctionCompiler}
   */
  PendingComparison(MethodBody method, boolean joins) {
    this.method = method;
    this.code = method.code;
    this.stack = method.stack;
    this.joins = joins;
  }

  void clear() {
    this.kind = Kind.NONE;
  }

  boolean isPending() {
    return this.kind != Kind.NONE;
  }

  /** Whether an instruction takes a comparison that has not been made. */
  static boolean canTake(int opcode) {
    return opcode == 0x04 || opcode == 0x0d || opcode == 0x1b || opcode == 0x45;
  }

  static boolean is(int opcode) {
    return opcode >= FIRST && opcode <= LAST;
  }

  /** Takes the operands of a comparison. */
  void begin(int opcode) {
    if (opcode == 0x45) {
      zero();
    } else if (opcode <= 0x4f) {
      int position = opcode - 0x46;
      integers(position);
    } else if (opcode == 0x50) {
      pend(this.method.popAll(1), Kind.LONG_ZERO, Opcodes.IFEQ);
    } else if (opcode <= 0x5a) {
      int position = opcode - 0x51;
      pend(
          this.method.popAll(2),
          isUnsigned(position) ? Kind.UNSIGNED_LONG : Kind.LONG,
          INTEGER[position]);
    } else if (opcode <= 0x60) {
      pend(this.method.popAll(2), Kind.FLOAT, FLOATING[opcode - 0x5b]);
    } else {
      pend(this.method.popAll(2), Kind.DOUBLE, FLOATING[opcode - 0x61]);
    }
  }

  private static boolean isUnsigned(int position) {
    return position > 2 && position % 2 == 1;
  }

  private void zero() {
    if (this.kind == Kind.FLOAT || this.kind == Kind.DOUBLE) {
      materialise();
    }
    Kind before = this.kind;
    int start = this.method.popAll(1);
    if (before == Kind.NONE) {
      pend(start, Kind.ZERO, Opcodes.IFEQ);
    } else {
      pend(start, before, inverse(this.jump));
    }
  }

  private void integers(int position) {
    int second = this.stack.height() - 1;
    boolean positive =
        second > 0 && this.method.isNotNegative(second) && this.method.isNotNegative(second - 1);
    if (second >= 0) {
      this.secondStart = this.stack.start(second);
      this.secondIndex = second;
      this.secondConstant = this.stack.isConstant(second);
      this.secondValue = this.stack.constant(second);
    }
    pend(
        this.method.popAll(2),
        isUnsigned(position) && !positive ? Kind.UNSIGNED_INT : Kind.INT,
        INTEGER[position]);
  }

  /** Whether the reference on top, already taken, is null. */
  void isNull(int start) {
    this.code.constant(TableInstructions.NULL);
    pend(start, Kind.INT, Opcodes.IFEQ);
  }

  private void pend(int start, Kind pending, int opcode) {
    this.kind = pending;
    this.jump = opcode;
    this.stack.push(I32, start);
  }

  private static int inverse(int opcode) {
    // The JVM's conditions come in pairs, the first of which has an odd number.
    return (opcode + 1 ^ 1) - 1;
  }

  /** Makes 0 or 1 of it. */
  void materialise() {
    int yes = this.code.newLabel();
    int done = this.code.newLabel();
    jump(yes, true);
    this.code.constant(0);
    this.code.add(Opcodes.GOTO, done);
    this.code.add(InstructionBuffer.LABEL, yes);
    this.code.constant(1);
    this.code.add(InstructionBuffer.LABEL, done);
  }

  /**
   * Goes to a label if it holds, or if not; if nothing was compared, if the operand on the stack is
   * not 0.
   */
  void jump(int label, boolean when) {
    Kind made = this.kind;
    int opcode = when ? this.jump : inverse(this.jump);
    this.kind = Kind.NONE;
    switch (made) {
      case NONE -> this.code.add(when ? Opcodes.IFNE : Opcodes.IFEQ, label);
      case ZERO -> this.code.add(opcode, label);
      case INT -> this.code.add(opcode + Opcodes.IF_ICMPEQ - Opcodes.IFEQ, label);
      case UNSIGNED_INT -> {
        if (this.joins) {
          widen();
          this.code.add(Opcodes.LCMP);
        } else {
          compareUnsigned("java/lang/Integer", "(II)I");
        }
        this.code.add(opcode, label);
      }
      case LONG_ZERO -> {
        this.code.number(InstructionBuffer.LONG, 0);
        this.code.add(Opcodes.LCMP);
        this.code.add(opcode, label);
      }
      case LONG -> {
        this.code.add(Opcodes.LCMP);
        this.code.add(opcode, label);
      }
      case UNSIGNED_LONG -> {
        compareUnsigned("java/lang/Long", "(JJ)I");
        this.code.add(opcode, label);
      }
      case FLOAT -> {
        this.code.add(isLess() ? Opcodes.FCMPG : Opcodes.FCMPL);
        this.code.add(opcode, label);
      }
      case DOUBLE -> {
        this.code.add(isLess() ? Opcodes.DCMPG : Opcodes.DCMPL);
        this.code.add(opcode, label);
      }
    }
  }

  /** With a NaN, what is asked for does not hold. */
  private boolean isLess() {
    return this.jump == Opcodes.IFLT || this.jump == Opcodes.IFLE;
  }

  private void compareUnsigned(String type, String descriptor) {
    this.code.add(Opcodes.INVOKESTATIC, new Member(type, "compareUnsigned", descriptor));
  }

  /** Both operands as longs: C2 joins no comparisons of these. */
  private void widen() {
    if (this.code.isMuted()) {
      return;
    }
    int before = this.secondStart;
    if (before == TypedStack.NONE) {
      this.method.save(I32, this.secondIndex);
      widenTop();
      this.method.load(I32, this.secondIndex);
      widenTop();
      return;
    }
    this.code.insert(before, Opcodes.I2L, 0);
    this.code.insertNumber(before, InstructionBuffer.LONG, MASK);
    this.code.insert(before, Opcodes.LAND, 0);
    if (this.secondConstant) {
      this.code.replace(before, InstructionBuffer.LONG, 0, this.secondValue & MASK);
    } else {
      widenTop();
    }
  }

  private void widenTop() {
    this.code.add(Opcodes.I2L);
    this.code.number(InstructionBuffer.LONG, MASK);
    this.code.add(Opcodes.LAND);
  }
}
