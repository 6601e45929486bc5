package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.F32;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.F64;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I32;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I64;

import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/** Instructions that take numbers and give one, and nothing else. */
final class Numerics {

  private static final String INTEGER = "java/lang/Integer";
  private static final String LONG = "java/lang/Long";
  private static final String FLOAT = "java/lang/Float";
  private static final String DOUBLE = "java/lang/Double";
  private static final String MATH = "java/lang/Math";
  private static final Set<String> OF_VECTORS =
      Set.of(
          // Casts to what a vector is anyway.
          "java/lang/Class",
          Names.INTEGER_LANES,
          Names.LANE_PRODUCTS,
          Names.LANE_SHAPES,
          Names.FLOAT_LANES,
          Names.DOUBLE_LANES);
  private static final int MASK = -1;
  private static final int FIRST = 0x67;
  private static final int LAST = 0xc4;

  private final MethodBody method;

  Numerics(MethodBody method) {
    this.method = method;
  }

  static boolean is(int opcode) {
    return opcode >= FIRST && opcode <= LAST;
  }

  /** Whether a call is a number of others, whatever they are. */
  static boolean neverFails(Member method) {
    return switch (method.owner()) {
      case FLOAT, DOUBLE, MATH, INTEGER, LONG -> true;
      default ->
          OF_VECTORS.contains(method.owner())
              || method.owner().startsWith(VectorKind.PACKAGE)
                  && !VectorKind.ACCESSES.contains(method.name());
    };
  }

  void add(int opcode) {
    if (opcode <= 0x78) {
      ints(opcode);
    } else if (opcode <= 0x8a) {
      longs(opcode);
    } else if (opcode <= 0x98) {
      floats(opcode);
    } else if (opcode <= 0xa6) {
      doubles(opcode);
    } else {
      conversion(opcode);
    }
  }

  private void one(int to, int... opcodes) {
    give(this.method.popAll(1), to, opcodes);
  }

  private void two(int type, int... opcodes) {
    give(this.method.popAll(2), type, opcodes);
  }

  private void give(int start, int type, int... opcodes) {
    for (int opcode : opcodes) {
      if (opcode == MASK) {
        this.method.code.number(InstructionBuffer.LONG, 0xffff_ffffL);
        this.method.code.add(Opcodes.LAND);
      } else {
        this.method.code.add(opcode);
      }
    }
    this.method.stack.push(type, start);
  }

  private void call(int start, int type, String owner, String name, String descriptor) {
    this.method.code.add(Opcodes.INVOKESTATIC, new Member(owner, name, descriptor));
    this.method.stack.push(type, start);
  }

  private void oneBy(int to, String owner, String name, String descriptor) {
    call(this.method.popAll(1), to, owner, name, descriptor);
  }

  private void twoBy(int type, String owner, String name, String descriptor) {
    call(this.method.popAll(2), type, owner, name, descriptor);
  }

  private void ints(int opcode) {
    switch (opcode) {
      case 0x67 -> oneBy(I32, INTEGER, "numberOfLeadingZeros", "(I)I");
      case 0x68 -> oneBy(I32, INTEGER, "numberOfTrailingZeros", "(I)I");
      case 0x69 -> oneBy(I32, INTEGER, "bitCount", "(I)I");
      case 0x6a -> two(I32, Opcodes.IADD);
      case 0x6b -> two(I32, Opcodes.ISUB);
      case 0x6c -> two(I32, Opcodes.IMUL);
      case 0x6d -> twoBy(I32, Names.ARITHMETIC, "divide", "(II)I");
      case 0x6e -> twoBy(I32, Names.ARITHMETIC, "divideUnsigned", "(II)I");
      case 0x6f -> two(I32, Opcodes.IREM);
      case 0x70 -> twoBy(I32, Names.ARITHMETIC, "remainderUnsigned", "(II)I");
      case 0x71 -> and();
      case 0x72 -> two(I32, Opcodes.IOR);
      case 0x73 -> two(I32, Opcodes.IXOR);
      case 0x74 -> two(I32, Opcodes.ISHL);
      case 0x75 -> two(I32, Opcodes.ISHR);
      case 0x76 -> two(I32, Opcodes.IUSHR);
      case 0x77 -> twoBy(I32, INTEGER, "rotateLeft", "(II)I");
      default -> twoBy(I32, INTEGER, "rotateRight", "(II)I");
    }
  }

  private void and() {
    TypedStack stack = this.method.stack;
    int second = stack.height() - 1;
    boolean positive =
        second > 0 && (this.method.isNotNegative(second) || this.method.isNotNegative(second - 1));
    two(I32, Opcodes.IAND);
    if (positive && !this.method.code.isMuted()) {
      stack.setNotNegative(stack.height() - 1);
    }
  }

  private void longs(int opcode) {
    switch (opcode) {
      case 0x79 -> count("numberOfLeadingZeros");
      case 0x7a -> count("numberOfTrailingZeros");
      case 0x7b -> count("bitCount");
      case 0x7c -> two(I64, Opcodes.LADD);
      case 0x7d -> two(I64, Opcodes.LSUB);
      case 0x7e -> two(I64, Opcodes.LMUL);
      case 0x7f -> twoBy(I64, Names.ARITHMETIC, "divide", "(JJ)J");
      case 0x80 -> twoBy(I64, Names.ARITHMETIC, "divideUnsigned", "(JJ)J");
      case 0x81 -> two(I64, Opcodes.LREM);
      case 0x82 -> twoBy(I64, Names.ARITHMETIC, "remainderUnsigned", "(JJ)J");
      case 0x83 -> two(I64, Opcodes.LAND);
      case 0x84 -> two(I64, Opcodes.LOR);
      case 0x85 -> two(I64, Opcodes.LXOR);
      case 0x86 -> two(I64, Opcodes.L2I, Opcodes.LSHL);
      case 0x87 -> two(I64, Opcodes.L2I, Opcodes.LSHR);
      case 0x88 -> two(I64, Opcodes.L2I, Opcodes.LUSHR);
      case 0x89 -> rotate("rotateLeft");
      default -> rotate("rotateRight");
    }
  }

  private void count(String name) {
    int start = this.method.popAll(1);
    this.method.code.add(Opcodes.INVOKESTATIC, new Member(LONG, name, "(J)I"));
    give(start, I64, Opcodes.I2L);
  }

  private void rotate(String name) {
    int start = this.method.popAll(2);
    this.method.code.add(Opcodes.L2I);
    call(start, I64, LONG, name, "(JI)J");
  }

  private void floats(int opcode) {
    switch (opcode) {
      case 0x8b -> oneBy(F32, Names.ARITHMETIC, "abs", "(F)F");
      case 0x8c -> one(F32, Opcodes.FNEG);
      case 0x8d -> oneBy(F32, Names.ARITHMETIC, "ceil", "(F)F");
      case 0x8e -> oneBy(F32, Names.ARITHMETIC, "floor", "(F)F");
      case 0x8f -> oneBy(F32, Names.ARITHMETIC, "truncate", "(F)F");
      case 0x90 -> oneBy(F32, Names.ARITHMETIC, "nearest", "(F)F");
      case 0x91 -> oneBy(F32, Names.ARITHMETIC, "sqrt", "(F)F");
      case 0x92 -> two(F32, Opcodes.FADD);
      case 0x93 -> two(F32, Opcodes.FSUB);
      case 0x94 -> two(F32, Opcodes.FMUL);
      case 0x95 -> two(F32, Opcodes.FDIV);
      case 0x96 -> twoBy(F32, Names.ARITHMETIC, "min", "(FF)F");
      case 0x97 -> twoBy(F32, Names.ARITHMETIC, "max", "(FF)F");
      default -> twoBy(F32, MATH, "copySign", "(FF)F");
    }
  }

  private void doubles(int opcode) {
    switch (opcode) {
      case 0x99 -> oneBy(F64, Names.ARITHMETIC, "abs", "(D)D");
      case 0x9a -> one(F64, Opcodes.DNEG);
      case 0x9b -> oneBy(F64, Names.ARITHMETIC, "ceil", "(D)D");
      case 0x9c -> oneBy(F64, Names.ARITHMETIC, "floor", "(D)D");
      case 0x9d -> oneBy(F64, Names.ARITHMETIC, "truncate", "(D)D");
      case 0x9e -> oneBy(F64, Names.ARITHMETIC, "nearest", "(D)D");
      case 0x9f -> oneBy(F64, MATH, "sqrt", "(D)D");
      case 0xa0 -> two(F64, Opcodes.DADD);
      case 0xa1 -> two(F64, Opcodes.DSUB);
      case 0xa2 -> two(F64, Opcodes.DMUL);
      case 0xa3 -> two(F64, Opcodes.DDIV);
      case 0xa4 -> twoBy(F64, Names.ARITHMETIC, "min", "(DD)D");
      case 0xa5 -> twoBy(F64, Names.ARITHMETIC, "max", "(DD)D");
      default -> twoBy(F64, MATH, "copySign", "(DD)D");
    }
  }

  private void conversion(int opcode) {
    String math = Names.ARITHMETIC;
    switch (opcode) {
      case 0xa7 -> one(I32, Opcodes.L2I);
      case 0xa8 -> widened(F32, I32, "toInt", "(D)I");
      case 0xa9 -> widened(F32, I32, "toUnsignedInt", "(D)I");
      case 0xaa -> widened(F64, I32, "toInt", "(D)I");
      case 0xab -> widened(F64, I32, "toUnsignedInt", "(D)I");
      case 0xac -> one(I64, Opcodes.I2L);
      case 0xad -> one(I64, Opcodes.I2L, MASK);
      case 0xae -> widened(F32, I64, "toLong", "(D)J");
      case 0xaf -> widened(F32, I64, "toUnsignedLong", "(D)J");
      case 0xb0 -> widened(F64, I64, "toLong", "(D)J");
      case 0xb1 -> widened(F64, I64, "toUnsignedLong", "(D)J");
      case 0xb2 -> one(F32, Opcodes.I2F);
      case 0xb3 -> one(F32, Opcodes.I2L, MASK, Opcodes.L2F);
      case 0xb4 -> one(F32, Opcodes.L2F);
      case 0xb5 -> oneBy(F32, math, "floatFromUnsignedLong", "(J)F");
      case 0xb6 -> one(F32, Opcodes.D2F);
      case 0xb7 -> one(F64, Opcodes.I2D);
      case 0xb8 -> one(F64, Opcodes.I2L, MASK, Opcodes.L2D);
      case 0xb9 -> one(F64, Opcodes.L2D);
      case 0xba -> oneBy(F64, math, "fromUnsignedLong", "(J)D");
      case 0xbb -> one(F64, Opcodes.F2D);
      case 0xbc -> oneBy(I32, FLOAT, "floatToRawIntBits", "(F)I");
      case 0xbd -> oneBy(I64, DOUBLE, "doubleToRawLongBits", "(D)J");
      case 0xbe -> oneBy(F32, FLOAT, "intBitsToFloat", "(I)F");
      case 0xbf -> oneBy(F64, DOUBLE, "longBitsToDouble", "(J)D");
      case 0xc0 -> one(I32, Opcodes.I2B);
      case 0xc1 -> one(I32, Opcodes.I2S);
      case 0xc2 -> one(I64, Opcodes.L2I, Opcodes.I2B, Opcodes.I2L);
      case 0xc3 -> one(I64, Opcodes.L2I, Opcodes.I2S, Opcodes.I2L);
      default -> one(I64, Opcodes.L2I, Opcodes.I2L);
    }
  }

  private void widened(int from, int to, String name, String descriptor) {
    int start = this.method.popAll(1);
    if (from == F32) {
      this.method.code.add(Opcodes.F2D);
    }
    call(start, to, Names.ARITHMETIC, name, descriptor);
  }

  /**
   * @param opcode behind the prefix 0xfc
   */
  void saturate(int opcode) {
    switch (opcode) {
      case 0 -> one(I32, Opcodes.F2I);
      case 1 -> widened(F32, I32, "saturateUnsignedInt", "(D)I");
      case 2 -> one(I32, Opcodes.D2I);
      case 3 -> widened(F64, I32, "saturateUnsignedInt", "(D)I");
      case 4 -> one(I64, Opcodes.F2L);
      case 5 -> widened(F32, I64, "saturateUnsignedLong", "(D)J");
      case 6 -> one(I64, Opcodes.D2L);
      default -> widened(F64, I64, "saturateUnsignedLong", "(D)J");
    }
  }
}
