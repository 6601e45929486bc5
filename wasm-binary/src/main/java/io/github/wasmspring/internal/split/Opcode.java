package io.github.wasmspring.internal.split;

/**
 * The instructions that the splitter knows, by number: one byte, or a prefix byte and eight more
 * bits. What is missing here (vectors, garbage collection, exception handlers) leaves its function
 * untouched.
 */
public final class Opcode {

  public static final int UNREACHABLE = 0x00;
  public static final int NOP = 0x01;
  public static final int BLOCK = 0x02;
  public static final int LOOP = 0x03;
  public static final int IF = 0x04;
  public static final int ELSE = 0x05;
  public static final int THROW = 0x08;
  public static final int THROW_REF = 0x0a;
  public static final int END = 0x0b;
  public static final int BR = 0x0c;
  public static final int BR_IF = 0x0d;
  public static final int BR_TABLE = 0x0e;
  public static final int RETURN = 0x0f;
  public static final int CALL = 0x10;
  public static final int CALL_INDIRECT = 0x11;
  public static final int RETURN_CALL = 0x12;
  public static final int RETURN_CALL_INDIRECT = 0x13;
  public static final int DROP = 0x1a;
  public static final int SELECT = 0x1b;
  public static final int SELECT_TYPED = 0x1c;
  public static final int LOCAL_GET = 0x20;
  public static final int LOCAL_SET = 0x21;
  public static final int LOCAL_TEE = 0x22;
  public static final int GLOBAL_GET = 0x23;
  public static final int GLOBAL_SET = 0x24;
  public static final int TABLE_GET = 0x25;
  public static final int TABLE_SET = 0x26;
  public static final int FIRST_LOAD = 0x28;
  public static final int FIRST_STORE = 0x36;
  public static final int LAST_STORE = 0x3e;
  public static final int MEMORY_SIZE = 0x3f;
  public static final int MEMORY_GROW = 0x40;
  public static final int I32_CONST = 0x41;
  public static final int I64_CONST = 0x42;
  public static final int F32_CONST = 0x43;
  public static final int F64_CONST = 0x44;
  public static final int I32_EQZ = 0x45;
  public static final int LAST_NUMERIC = 0xc4;
  public static final int REF_NULL = 0xd0;
  public static final int REF_IS_NULL = 0xd1;
  public static final int REF_FUNC = 0xd2;
  public static final int BULK = 0xfc;
  public static final int ATOMIC = 0xfe;

  private static final int BULK_FIRST = BULK << 8;
  private static final int ATOMIC_FIRST = ATOMIC << 8;

  /** How many operands saturating conversions, bulk and table instructions take, and leave. */
  private static final int[] BULK_POPS = {1, 1, 1, 1, 1, 1, 1, 1, 3, 0, 3, 3, 3, 0, 3, 2, 0, 3};

  private static final int[] BULK_PUSHES = {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0};

  private static final int[] BULK_INDICES = {0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1};

  private Opcode() {}

  static boolean opens(int opcode) {
    return opcode == BLOCK || opcode == LOOP || opcode == IF;
  }

  /** Whether nothing after it is reached. */
  static boolean terminates(int opcode) {
    return switch (opcode) {
      case UNREACHABLE, THROW, THROW_REF, BR, BR_TABLE, RETURN, RETURN_CALL, RETURN_CALL_INDIRECT ->
          true;
      default -> false;
    };
  }

  static boolean isTailCall(int opcode) {
    return opcode == RETURN_CALL || opcode == RETURN_CALL_INDIRECT;
  }

  public static boolean isBulk(int opcode) {
    return opcode >> 8 == BULK;
  }

  public static boolean isAtomic(int opcode) {
    return opcode >> 8 == ATOMIC;
  }

  public static boolean isMemoryAccess(int opcode) {
    return opcode >= FIRST_LOAD && opcode <= LAST_STORE;
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

  static int bulkIndices(int opcode) {
    return BULK_INDICES[opcode & 0xff];
  }

  /**
   * How many operands an instruction takes that always takes the same number. What ends or opens
   * blocks, branches and calls is not asked for.
   */
  static int pops(int opcode) {
    if (isBulk(opcode)) {
      return BULK_POPS[opcode & 0xff];
    }
    if (isAtomic(opcode)) {
      return atomicPops(opcode & 0xff);
    }
    if (isMemoryAccess(opcode)) {
      return opcode < FIRST_STORE ? 1 : 2;
    }
    if (opcode >= I32_EQZ && opcode <= LAST_NUMERIC) {
      return isUnary(opcode) ? 1 : 2;
    }
    return switch (opcode) {
      case DROP, LOCAL_SET, LOCAL_TEE, GLOBAL_SET, TABLE_GET, MEMORY_GROW, REF_IS_NULL -> 1;
      case TABLE_SET -> 2;
      case SELECT, SELECT_TYPED -> 3;
      default -> 0;
    };
  }

  static int pushes(int opcode) {
    if (isBulk(opcode)) {
      return BULK_PUSHES[opcode & 0xff];
    }
    if (isAtomic(opcode)) {
      int number = opcode & 0xff;
      boolean silent = number == 0x03 || (number >= 0x17 && number <= 0x1d);
      return silent ? 0 : 1;
    }
    if (isMemoryAccess(opcode)) {
      return opcode < FIRST_STORE ? 1 : 0;
    }
    return switch (opcode) {
      case NOP, DROP, LOCAL_SET, GLOBAL_SET, TABLE_SET -> 0;
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
    return opcode == I32_EQZ
        || opcode == 0x50
        || (opcode >= 0x67 && opcode <= 0x69)
        || (opcode >= 0x79 && opcode <= 0x7b)
        || (opcode >= 0x8b && opcode <= 0x91)
        || (opcode >= 0x99 && opcode <= 0x9f)
        || opcode >= 0xa7;
  }
}
