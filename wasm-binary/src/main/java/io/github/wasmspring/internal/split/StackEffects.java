package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.Opcode;

/**
 * What the instructions that the splitter knows take from the stack and leave there. They have
 * numbers: one byte, or a prefix byte and eight more bits, sixteen for vectors. What is missing
 * here (garbage collection, exception handlers) leaves its function untouched.
 */
public final class StackEffects {

  private static final int BULK_FIRST = Opcode.BULK << 8;
  private static final int ATOMIC_FIRST = Opcode.ATOMIC << 8;

  /** There are more than an octet can count. */
  private static final int VECTOR_FIRST = Opcode.VECTOR << 16;

  /** How many operands saturating conversions, bulk and table instructions take, and leave. */
  private static final int[] BULK_POPS = {1, 1, 1, 1, 1, 1, 1, 1, 3, 0, 3, 3, 3, 0, 3, 2, 0, 3};

  private static final int[] BULK_PUSHES = {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0};

  private static final int[] BULK_INDICES = {0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1};

  private StackEffects() {}

  static boolean opens(int opcode) {
    return opcode == Opcode.BLOCK || opcode == Opcode.LOOP || opcode == Opcode.IF;
  }

  /** Whether nothing after it is reached. */
  static boolean terminates(int opcode) {
    return switch (opcode) {
      case Opcode.UNREACHABLE,
          Opcode.THROW,
          Opcode.THROW_REF,
          Opcode.BR,
          Opcode.BR_TABLE,
          Opcode.RETURN,
          Opcode.RETURN_CALL,
          Opcode.RETURN_CALL_INDIRECT ->
          true;
      default -> false;
    };
  }

  static boolean isTailCall(int opcode) {
    return opcode == Opcode.RETURN_CALL || opcode == Opcode.RETURN_CALL_INDIRECT;
  }

  public static boolean isBulk(int opcode) {
    return opcode >> 8 == Opcode.BULK;
  }

  public static boolean isAtomic(int opcode) {
    return opcode >> 8 == Opcode.ATOMIC;
  }

  public static boolean isVector(int opcode) {
    return opcode >> 16 == Opcode.VECTOR;
  }

  /** Of an instruction on vectors. */
  public static int vectorNumber(int opcode) {
    return opcode & 0xffff;
  }

  public static boolean isMemoryAccess(int opcode) {
    return opcode >= Opcode.I32_LOAD && opcode <= Opcode.I64_STORE32;
  }

  static int bulk(int number) {
    if (number >= BULK_POPS.length) {
      throw new Unsplittable("the instruction 0xfc " + number);
    }
    return BULK_FIRST | number;
  }

  static int atomic(int number) {
    boolean known = number <= 0x03 || (number >= 0x10 && number <= 0x4e);
    if (!known) {
      throw new Unsplittable("the instruction 0xfe " + number);
    }
    return ATOMIC_FIRST | number;
  }

  static int vector(int number) {
    if (!VectorEffects.areKnown(number)) {
      throw new Unsplittable("the instruction 0xfd " + number);
    }
    return VECTOR_FIRST | number;
  }

  static int bulkIndices(int opcode) {
    return BULK_INDICES[opcode & 0xff];
  }

  /**
   * How many operands an instruction takes that always takes the same number. What ends or opens
   * blocks, branches and calls is not asked for.
   */
  static int pops(int opcode) {
    if (isVector(opcode)) {
      return VectorEffects.pops(vectorNumber(opcode));
    }
    if (isBulk(opcode)) {
      return BULK_POPS[opcode & 0xff];
    }
    if (isAtomic(opcode)) {
      return atomicPops(opcode & 0xff);
    }
    if (isMemoryAccess(opcode)) {
      return opcode < Opcode.I32_STORE ? 1 : 2;
    }
    if (opcode >= Opcode.I32_EQZ && opcode <= Opcode.I64_EXTEND32_S) {
      return isUnary(opcode) ? 1 : 2;
    }
    return switch (opcode) {
      case Opcode.DROP,
          Opcode.LOCAL_SET,
          Opcode.LOCAL_TEE,
          Opcode.GLOBAL_SET,
          Opcode.TABLE_GET,
          Opcode.MEMORY_GROW,
          Opcode.REF_IS_NULL ->
          1;
      case Opcode.TABLE_SET -> 2;
      case Opcode.SELECT, Opcode.SELECT_TYPED -> 3;
      default -> 0;
    };
  }

  static int pushes(int opcode) {
    if (isVector(opcode)) {
      return VectorEffects.pushes(vectorNumber(opcode));
    }
    if (isBulk(opcode)) {
      return BULK_PUSHES[opcode & 0xff];
    }
    if (isAtomic(opcode)) {
      int number = opcode & 0xff;
      boolean silent = number == 0x03 || (number >= 0x17 && number <= 0x1d);
      return silent ? 0 : 1;
    }
    if (isMemoryAccess(opcode)) {
      return opcode < Opcode.I32_STORE ? 1 : 0;
    }
    return switch (opcode) {
      case Opcode.NOP, Opcode.DROP, Opcode.LOCAL_SET, Opcode.GLOBAL_SET, Opcode.TABLE_SET -> 0;
      default -> 1;
    };
  }

  private static int atomicPops(int number) {
    if (number <= 0x02) {
      return number == 0 ? 2 : 3;
    }
    if (number == 0x03) {
      return 0;
    }
    if (number <= 0x16) {
      return 1;
    }
    return number <= 0x47 ? 2 : 3;
  }

  /** Of the numeric instructions. */
  private static boolean isUnary(int opcode) {
    return opcode == Opcode.I32_EQZ
        || opcode == 0x50
        || (opcode >= 0x67 && opcode <= 0x69)
        || (opcode >= 0x79 && opcode <= 0x7b)
        || (opcode >= 0x8b && opcode <= 0x91)
        || (opcode >= 0x99 && opcode <= 0x9f)
        || opcode >= 0xa7;
  }
}
