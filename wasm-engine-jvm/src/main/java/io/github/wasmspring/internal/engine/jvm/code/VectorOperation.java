package io.github.wasmspring.internal.engine.jvm.code;

import io.github.wasmspring.internal.engine.jvm.module.Member;
import org.objectweb.asm.Opcodes;

/**
 * How an instruction on whole vectors is done in halves of 64 bits: by a JVM instruction or by a
 * method, with what one half of the result depends on as its operands.
 *
 * @param opcode of the JVM
 * @param method what is called, if the opcode is that of a call; else of no use
 * @param signs what is the last operand of a half, 0 for none: for integers the sign bits of lanes
 */
record VectorOperation(Form form, int opcode, Member method, long signs) {

  private static final Member NONE = new Member("", "", "");

  /** Which halves of its operands a half of the result depends on. */
  enum Form {
    /** On the same halves. */
    ONE(1, "J"),
    TWO(2, "JJ"),
    THREE(3, "JJJ"),
    /** On the same half, and a number of bits. */
    SHIFT(1, "JI"),
    /** On 32 bits of the lower halves. */
    LOWER(1, "J"),
    /** On 32 bits of the upper halves. */
    UPPER(1, "J"),
    LOWER_OF_TWO(2, "JJ"),
    UPPER_OF_TWO(2, "JJ"),
    /** On both halves of one operand: the lower half on the first, the upper on the second. */
    NARROW(2, "JJ"),
    /** The lower half on both halves, the upper one is zero. */
    NARROW_AND_ZERO(1, "JJ"),
    /** On both halves of the first operand, and the same half of the second. */
    CHOICE(2, "JJJ");

    private final int vectors;
    private final String operands;

    Form(int vectors, String operands) {
      this.vectors = vectors;
      this.operands = operands;
    }

    int vectors() {
      return this.vectors;
    }
  }

  static VectorOperation call(Form form, String owner, String name) {
    Member method = new Member(owner, name, "(" + form.operands + ")J");
    return new VectorOperation(form, Opcodes.INVOKESTATIC, method, 0);
  }

  static VectorOperation call(Form form, String owner, String name, long signs) {
    Member method = new Member(owner, name, "(" + form.operands + "J)J");
    return new VectorOperation(form, Opcodes.INVOKESTATIC, method, signs);
  }

  static VectorOperation plain(Form form, int opcode) {
    return new VectorOperation(form, opcode, NONE, 0);
  }

  static VectorOperation plain(Form form, int opcode, long constant) {
    return new VectorOperation(form, opcode, NONE, constant);
  }

  /** What depends on one half is on the JVM's stack. */
  void write(InstructionBuffer code) {
    if (this.signs != 0) {
      code.number(InstructionBuffer.LONG, this.signs);
    }
    if (this.opcode == Opcodes.INVOKESTATIC) {
      code.add(this.opcode, this.method);
    } else {
      code.add(this.opcode);
    }
  }
}
