package io.github.wasmspring.validate;

import static io.github.wasmspring.validate.StackType.F32;
import static io.github.wasmspring.validate.StackType.F64;
import static io.github.wasmspring.validate.StackType.I32;
import static io.github.wasmspring.validate.StackType.I64;

/**
 * What instructions on numbers take and give, and how loads and stores are aligned.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/instructions.html">Instructions</a>
 */
final class NumericRules {

  private static final int FIRST = 0x45;
  private static final int LAST = 0xc4;
  private static final int FIRST_LOAD = 0x28;
  private static final int FIRST_STORE = 0x36;

  private static final byte[] OPERANDS = new byte[LAST + 1];
  private static final byte[] TYPE = new byte[LAST + 1];
  private static final byte[] RESULT = new byte[LAST + 1];

  private static final int[] ACCESSED = {
    I32, I64, F32, F64, I32, I32, I32, I32, I64, I64, I64, I64, I64, I64, I32, I64, F32, F64, I32,
    I32, I64, I64, I64
  };

  private static final int[] ALIGNMENT = {
    2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2
  };

  private static final int[] SATURATING = {F32, F32, F64, F64};

  static {
    fill(0x45, 0x45, 1, I32, I32);
    fill(0x46, 0x4f, 2, I32, I32);
    fill(0x50, 0x50, 1, I64, I32);
    fill(0x51, 0x5a, 2, I64, I32);
    fill(0x5b, 0x60, 2, F32, I32);
    fill(0x61, 0x66, 2, F64, I32);
    fill(0x67, 0x69, 1, I32, I32);
    fill(0x6a, 0x78, 2, I32, I32);
    fill(0x79, 0x7b, 1, I64, I64);
    fill(0x7c, 0x8a, 2, I64, I64);
    fill(0x8b, 0x91, 1, F32, F32);
    fill(0x92, 0x98, 2, F32, F32);
    fill(0x99, 0x9f, 1, F64, F64);
    fill(0xa0, 0xa6, 2, F64, F64);
    fill(0xa7, 0xa7, 1, I64, I32);
    fill(0xa8, 0xa9, 1, F32, I32);
    fill(0xaa, 0xab, 1, F64, I32);
    fill(0xac, 0xad, 1, I32, I64);
    fill(0xae, 0xaf, 1, F32, I64);
    fill(0xb0, 0xb1, 1, F64, I64);
    fill(0xb2, 0xb3, 1, I32, F32);
    fill(0xb4, 0xb5, 1, I64, F32);
    fill(0xb6, 0xb6, 1, F64, F32);
    fill(0xb7, 0xb8, 1, I32, F64);
    fill(0xb9, 0xba, 1, I64, F64);
    fill(0xbb, 0xbb, 1, F32, F64);
    fill(0xbc, 0xbc, 1, F32, I32);
    fill(0xbd, 0xbd, 1, F64, I64);
    fill(0xbe, 0xbe, 1, I32, F32);
    fill(0xbf, 0xbf, 1, I64, F64);
    fill(0xc0, 0xc1, 1, I32, I32);
    fill(0xc2, 0xc4, 1, I64, I64);
  }

  private NumericRules() {}

  private static void fill(int first, int last, int operands, int type, int result) {
    for (int opcode = first; opcode <= last; opcode++) {
      OPERANDS[opcode] = (byte) operands;
      TYPE[opcode] = (byte) type;
      RESULT[opcode] = (byte) result;
    }
  }

  static boolean isNumeric(int opcode) {
    return opcode >= FIRST && opcode <= LAST;
  }

  static void apply(int opcode, OperandStack stack) {
    if (OPERANDS[opcode] == 2) {
      stack.pop(TYPE[opcode]);
    }
    stack.pop(TYPE[opcode]);
    stack.push(RESULT[opcode]);
  }

  static boolean isAccess(int opcode) {
    return opcode >= FIRST_LOAD && opcode < FIRST_LOAD + ACCESSED.length;
  }

  static boolean isStore(int opcode) {
    return opcode >= FIRST_STORE;
  }

  /** Of a load or store: the type of the value. */
  static int accessed(int opcode) {
    return ACCESSED[opcode - FIRST_LOAD];
  }

  /** Of a load or store: the logarithm of its width in bytes. */
  static int alignment(int opcode) {
    return ALIGNMENT[opcode - FIRST_LOAD];
  }

  /**
   * @param number 0 to 7
   */
  static void saturate(int number, OperandStack stack) {
    stack.pop(SATURATING[number & 3]);
    stack.push(number < 4 ? I32 : I64);
  }

  /**
   * Additions, subtractions and products of 128 bits.
   *
   * @param number 19 to 22
   */
  static void wide(int number, OperandStack stack) {
    for (int i = number < 21 ? 4 : 2; i > 0; i--) {
      stack.pop(I64);
    }
    stack.push(I64);
    stack.push(I64);
  }
}
