package io.github.wasmspring.internal.engine.jvm.code;

import io.github.wasmspring.internal.engine.jvm.module.Member;
import org.objectweb.asm.Opcodes;

/**
 * What an instruction on whole vectors becomes where those are objects.
 *
 * @param vectors how many it takes
 * @param takes what they have to be
 * @param gives what the result is
 */
record VectorObjectOperation(
    int vectors, VectorKind takes, VectorKind gives, boolean isShift, Writer writer) {

  /** Writes the instructions; the operands are on the JVM's stack. */
  interface Writer {
    void write(InstructionBuffer code);
  }

  void write(InstructionBuffer code) {
    this.writer.write(code);
  }

  private static VectorObjectOperation of(int vectors, VectorKind kind, Writer writer) {
    return new VectorObjectOperation(vectors, kind, kind, false, writer);
  }

  private static void call(InstructionBuffer code, Member method) {
    code.add(Opcodes.INVOKEVIRTUAL, method);
  }

  static VectorObjectOperation unary(VectorKind kind, String name) {
    return of(1, kind, code -> call(code, kind.unary(name)));
  }

  static VectorObjectOperation lanewiseUnary(VectorKind kind, String operator) {
    return of(
        1,
        kind,
        code -> {
          code.add(Opcodes.GETSTATIC, VectorKind.operator(operator, "Unary"));
          call(code, kind.lanewiseUnary());
        });
  }

  static VectorObjectOperation binary(VectorKind kind, String name) {
    return of(2, kind, code -> call(code, kind.binary(name)));
  }

  /** Adding -0 makes a signalling NaN quiet, and leaves all else as it is. */
  static VectorObjectOperation extreme(VectorKind kind, String name) {
    VectorKind bits = kind.ofIntegers();
    return of(
        2,
        kind,
        code -> {
          call(code, kind.binary(name));
          code.add(Opcodes.GETSTATIC, bits.species());
          if (bits == VectorKind.LONG) {
            code.number(InstructionBuffer.LONG, Long.MIN_VALUE);
          } else {
            code.constant(Integer.MIN_VALUE);
          }
          code.add(Opcodes.INVOKESTATIC, bits.broadcast());
          call(code, kind.reinterpret(bits));
          call(code, kind.binary("add"));
        });
  }

  /**
   * @param type of the operator, which is another one where the order of operands does not matter
   */
  static VectorObjectOperation lanewise(VectorKind kind, String operator, String type) {
    return of(
        2,
        kind,
        code -> {
          code.add(Opcodes.GETSTATIC, VectorKind.operator(operator, type));
          code.add(Opcodes.SWAP, 1);
          call(code, kind.lanewise());
        });
  }

  /** By an exclusive or, or another operation, with the same number in all lanes. */
  static VectorObjectOperation withConstant(
      VectorKind kind, String operator, String type, long constant) {
    return of(
        1,
        kind,
        code -> {
          code.add(Opcodes.GETSTATIC, VectorKind.operator(operator, type));
          code.add(Opcodes.GETSTATIC, kind.species());
          if (kind == VectorKind.LONG) {
            code.number(InstructionBuffer.LONG, constant);
          } else {
            code.constant((int) constant);
          }
          code.add(Opcodes.INVOKESTATIC, kind.broadcast());
          call(code, kind.lanewise());
        });
  }

  static VectorObjectOperation shift(VectorKind kind, String operator) {
    return new VectorObjectOperation(
        1,
        kind,
        kind,
        true,
        code -> {
          switch (kind) {
            case BYTE -> code.add(Opcodes.I2B);
            case SHORT -> code.add(Opcodes.I2S);
            case LONG -> code.add(Opcodes.I2L);
            default -> {}
          }
          code.add(Opcodes.GETSTATIC, VectorKind.operator(operator, "Binary"));
          if (kind == VectorKind.LONG) {
            code.add(Opcodes.DUP_X2);
            code.add(Opcodes.POP, 1);
          } else {
            code.add(Opcodes.SWAP, 1);
          }
          call(code, kind.shift());
        });
  }

  /** Gives lanes of ones where it holds. */
  static VectorObjectOperation comparison(VectorKind kind, String operator) {
    VectorKind mask = kind.ofIntegers();
    return new VectorObjectOperation(
        2,
        kind,
        mask,
        false,
        code -> {
          compare(code, kind, operator);
          if (mask != kind) {
            code.add(Opcodes.GETSTATIC, mask.species());
            call(code, VectorKind.castMask());
          }
          lanes(code, mask);
        });
  }

  private static void compare(InstructionBuffer code, VectorKind kind, String operator) {
    code.add(Opcodes.GETSTATIC, VectorKind.operator(operator, "Comparison"));
    code.add(Opcodes.SWAP, 1);
    call(code, kind.compare());
  }

  /** Of the mask that is on top. */
  private static void lanes(InstructionBuffer code, VectorKind kind) {
    code.add(Opcodes.GETSTATIC, kind.species());
    code.add(Opcodes.INVOKESTATIC, kind.zero());
    code.add(Opcodes.SWAP, 1);
    code.add(Opcodes.GETSTATIC, kind.species());
    if (kind == VectorKind.LONG) {
      code.number(InstructionBuffer.LONG, -1);
    } else {
      code.constant(-1);
    }
    code.add(Opcodes.INVOKESTATIC, kind.broadcast());
    code.add(Opcodes.SWAP, 1);
    call(code, kind.blend());
  }

  /** The first unless a comparison of the second with the first holds, or the reverse. */
  static VectorObjectOperation choice(VectorKind kind, String operator) {
    return of(
        2,
        kind,
        code -> {
          code.add(Opcodes.DUP2);
          compare(code, kind, operator);
          call(code, kind.blend());
        });
  }
}
