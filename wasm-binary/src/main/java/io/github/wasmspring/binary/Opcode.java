package io.github.wasmspring.binary;

/**
 * The first bytes of instructions, by the names of the specification where a rule or a compiler
 * tells one from the others. Of runs whose instructions are alike the first and the last have a
 * name.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/instructions.html">Instructions</a>
 */
public final class Opcode {

  public static final int UNREACHABLE = 0x00;
  public static final int NOP = 0x01;
  public static final int BLOCK = 0x02;
  public static final int LOOP = 0x03;
  public static final int IF = 0x04;
  public static final int ELSE = 0x05;
  public static final int TRY = 0x06;
  public static final int CATCH = 0x07;
  public static final int THROW = 0x08;
  public static final int RETHROW = 0x09;
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
  public static final int CALL_REF = 0x14;
  public static final int RETURN_CALL_REF = 0x15;
  public static final int DELEGATE = 0x18;
  public static final int CATCH_ALL = 0x19;
  public static final int DROP = 0x1a;
  public static final int SELECT = 0x1b;
  public static final int SELECT_TYPED = 0x1c;
  public static final int TRY_TABLE = 0x1f;
  public static final int LOCAL_GET = 0x20;
  public static final int LOCAL_SET = 0x21;
  public static final int LOCAL_TEE = 0x22;
  public static final int GLOBAL_GET = 0x23;
  public static final int GLOBAL_SET = 0x24;
  public static final int TABLE_GET = 0x25;
  public static final int TABLE_SET = 0x26;
  public static final int I32_LOAD = 0x28;
  public static final int I64_LOAD32_U = 0x35;
  public static final int I32_STORE = 0x36;
  public static final int I64_STORE32 = 0x3e;
  public static final int MEMORY_SIZE = 0x3f;
  public static final int MEMORY_GROW = 0x40;
  public static final int I32_CONST = 0x41;
  public static final int I64_CONST = 0x42;
  public static final int F32_CONST = 0x43;
  public static final int F64_CONST = 0x44;
  public static final int I32_EQZ = 0x45;
  public static final int I32_ADD = 0x6a;
  public static final int I32_SUB = 0x6b;
  public static final int I32_MUL = 0x6c;
  public static final int I64_ADD = 0x7c;
  public static final int I64_SUB = 0x7d;
  public static final int I64_MUL = 0x7e;
  public static final int I32_EXTEND8_S = 0xc0;
  public static final int I64_EXTEND32_S = 0xc4;
  public static final int REF_NULL = 0xd0;
  public static final int REF_IS_NULL = 0xd1;
  public static final int REF_FUNC = 0xd2;
  public static final int REF_EQ = 0xd3;
  public static final int REF_AS_NON_NULL = 0xd4;
  public static final int BR_ON_NULL = 0xd5;
  public static final int BR_ON_NON_NULL = 0xd6;

  // What is behind these has a second number.

  public static final int GC = 0xfb;
  public static final int BULK = 0xfc;
  public static final int VECTOR = 0xfd;
  public static final int ATOMIC = 0xfe;

  private Opcode() {}
}
