package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I64;

import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import org.objectweb.asm.Opcodes;

/** Integers of 128 bits, which are two operands each, the lower half first. */
final class WideArithmetic {

  private static final int FIRST = 19;
  private static final int LAST = 22;

  private final MethodBody method;

  WideArithmetic(MethodBody method) {
    this.method = method;
  }

  /**
   * @param opcode behind the prefix 0xfc
   */
  static boolean is(int opcode) {
    return opcode >= FIRST && opcode <= LAST;
  }

  void add(int opcode) {
    switch (opcode) {
      case 19 -> sum(take(4));
      case 20 -> difference(take(4));
      case 21 -> product(take(2), "java/lang/Math", "multiplyHigh");
      default -> product(take(2), Names.ARITHMETIC, "multiplyHighUnsigned");
    }
    this.method.push(I64);
    this.method.push(I64);
  }

  /** Puts operands into their homes, the index of the first of which it returns. */
  private int take(int count) {
    this.method.pop(count);
    int first = this.method.taken();
    for (int i = count - 1; i >= 0; i--) {
      this.method.save(I64, first + i);
    }
    return first;
  }

  private void sum(int a) {
    int b = a + 2;
    two(a, b, Opcodes.LADD);
    this.method.save(I64, b);
    this.method.load(I64, b);
    two(a + 1, b + 1, Opcodes.LADD);
    less(b, a);
    this.method.code.add(Opcodes.LADD);
  }

  private void difference(int a) {
    int b = a + 2;
    two(a, b, Opcodes.LSUB);
    two(a + 1, b + 1, Opcodes.LSUB);
    less(a, b);
    this.method.code.add(Opcodes.LSUB);
  }

  private void product(int a, String owner, String upperHalf) {
    two(a, a + 1, Opcodes.LMUL);
    this.method.load(I64, a);
    this.method.load(I64, a + 1);
    this.method.code.add(Opcodes.INVOKESTATIC, new Member(owner, upperHalf, "(JJ)J"));
  }

  private void two(int a, int b, int opcode) {
    this.method.load(I64, a);
    this.method.load(I64, b);
    this.method.code.add(opcode);
  }

  /** 1 if the one is less than the other, unsigned, else 0. */
  private void less(int a, int b) {
    this.method.load(I64, a);
    this.method.load(I64, b);
    this.method.code.add(
        Opcodes.INVOKESTATIC, new Member(Names.ARITHMETIC, "lessUnsigned", "(JJ)J"));
  }
}
