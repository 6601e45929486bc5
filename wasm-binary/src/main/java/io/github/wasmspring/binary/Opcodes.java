package io.github.wasmspring.binary;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All instructions of WebAssembly 3.0 and of the proposals that have a {@link WasmFeature}: what
 * follows each, and with which feature it came.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/instructions.html">Instructions</a>
 */
final class Opcodes {

  private static final int VECTOR_INSTRUCTIONS = 0x114;

  /** The instructions of one byte, or those behind one prefix. */
  private static final class Table {

    private final Immediates[] immediates;
    private final @Nullable WasmFeature[] features;

    Table(int size) {
      this.immediates = new Immediates[size];
      this.features = new WasmFeature[size];
      Arrays.fill(this.immediates, Immediates.ILLEGAL);
    }

    Table add(Immediates follow, int... opcodes) {
      for (int opcode : opcodes) {
        this.immediates[opcode] = follow;
      }
      return this;
    }

    Table range(Immediates follow, int first, int last) {
      Arrays.fill(this.immediates, first, last + 1, follow);
      return this;
    }

    Table since(WasmFeature feature, int... opcodes) {
      for (int opcode : opcodes) {
        this.features[opcode] = feature;
      }
      return this;
    }

    Table rangeSince(WasmFeature feature, int first, int last) {
      Arrays.fill(this.features, first, last + 1, feature);
      return this;
    }
  }

  private static final Table SINGLE =
      new Table(256)
          .add(
              Immediates.NONE,
              Opcode.UNREACHABLE,
              Opcode.NOP,
              Opcode.THROW_REF,
              Opcode.RETURN,
              Opcode.CATCH_ALL,
              Opcode.DROP,
              Opcode.SELECT,
              Opcode.REF_IS_NULL,
              Opcode.REF_EQ,
              Opcode.REF_AS_NON_NULL)
          .add(Immediates.BLOCK, Opcode.BLOCK, Opcode.LOOP, Opcode.IF, Opcode.TRY)
          .add(Immediates.TRY_TABLE, Opcode.TRY_TABLE)
          .add(Immediates.ELSE, Opcode.ELSE)
          .add(Immediates.END, Opcode.END)
          .add(
              Immediates.INDEX,
              Opcode.CATCH,
              Opcode.THROW,
              Opcode.RETHROW,
              Opcode.BR,
              Opcode.BR_IF,
              Opcode.CALL,
              Opcode.RETURN_CALL,
              Opcode.CALL_REF,
              Opcode.RETURN_CALL_REF,
              Opcode.DELEGATE)
          .range(Immediates.INDEX, Opcode.LOCAL_GET, Opcode.GLOBAL_SET)
          .add(Immediates.INDEX, Opcode.REF_FUNC, Opcode.BR_ON_NULL, Opcode.BR_ON_NON_NULL)
          .add(Immediates.LABELS, Opcode.BR_TABLE)
          .add(Immediates.INDIRECT, Opcode.CALL_INDIRECT, Opcode.RETURN_CALL_INDIRECT)
          .add(Immediates.TYPES, Opcode.SELECT_TYPED)
          .add(Immediates.TABLE, Opcode.TABLE_GET, Opcode.TABLE_SET)
          .range(Immediates.ACCESS, Opcode.I32_LOAD, Opcode.I64_STORE32)
          .add(Immediates.MEMORY, Opcode.MEMORY_SIZE, Opcode.MEMORY_GROW)
          .add(Immediates.I32, Opcode.I32_CONST)
          .add(Immediates.I64, Opcode.I64_CONST)
          .add(Immediates.F32, Opcode.F32_CONST)
          .add(Immediates.F64, Opcode.F64_CONST)
          .range(Immediates.NONE, Opcode.I32_EQZ, Opcode.I64_EXTEND32_S)
          .add(Immediates.HEAP_TYPE, Opcode.REF_NULL)
          .rangeSince(WasmFeature.SIGN_EXTENSION, Opcode.I32_EXTEND8_S, Opcode.I64_EXTEND32_S)
          .since(
              WasmFeature.LEGACY_EXCEPTION_HANDLING,
              Opcode.TRY,
              Opcode.CATCH,
              Opcode.RETHROW,
              Opcode.DELEGATE,
              Opcode.CATCH_ALL)
          .since(WasmFeature.EXCEPTION_HANDLING, Opcode.THROW_REF, Opcode.TRY_TABLE)
          .since(
              WasmFeature.TAIL_CALL,
              Opcode.RETURN_CALL,
              Opcode.RETURN_CALL_INDIRECT,
              Opcode.RETURN_CALL_REF)
          .since(
              WasmFeature.REFERENCE_TYPES,
              Opcode.SELECT_TYPED,
              Opcode.TABLE_GET,
              Opcode.TABLE_SET,
              Opcode.REF_NULL,
              Opcode.REF_IS_NULL,
              Opcode.REF_FUNC)
          .since(WasmFeature.GC, Opcode.REF_EQ)
          .since(
              WasmFeature.TYPED_FUNCTION_REFERENCES,
              Opcode.CALL_REF,
              Opcode.REF_AS_NON_NULL,
              Opcode.BR_ON_NULL,
              Opcode.BR_ON_NON_NULL);

  private static final Table GC_TABLE =
      new Table(31)
          .add(Immediates.INDEX, 0, 1, 6, 7, 11, 12, 13, 14, 16)
          .add(Immediates.TWO_INDICES, 2, 3, 4, 5, 8, 9, 10, 17, 18, 19)
          .range(Immediates.HEAP_TYPE, 20, 23)
          .add(Immediates.CAST, 24, 25)
          .add(Immediates.NONE, 15)
          .range(Immediates.NONE, 26, 30)
          .rangeSince(WasmFeature.GC, 0, 30);

  private static final Table BULK_TABLE =
      new Table(23)
          .range(Immediates.NONE, 0, 7)
          .add(Immediates.SEGMENT_AND_MEMORY, 8)
          .add(Immediates.DATA_SEGMENT, 9)
          .add(Immediates.TWO_MEMORIES, 10)
          .add(Immediates.MEMORY, 11)
          .add(Immediates.SEGMENT_AND_TABLE, 12)
          .add(Immediates.INDEX, 13)
          .add(Immediates.TWO_TABLES, 14)
          .add(Immediates.TABLE, 15, 16, 17)
          .range(Immediates.NONE, 19, 22)
          .rangeSince(WasmFeature.NONTRAPPING_FLOAT_TO_INT, 0, 7)
          .rangeSince(WasmFeature.BULK_MEMORY, 8, 14)
          .rangeSince(WasmFeature.REFERENCE_TYPES, 15, 17)
          .rangeSince(WasmFeature.WIDE_ARITHMETIC, 19, 22);

  private static final Table VECTOR_TABLE =
      new Table(VECTOR_INSTRUCTIONS)
          .range(Immediates.NONE, 0x0e, 0xff)
          .range(Immediates.ACCESS, 0x00, 0x0b)
          .range(Immediates.LANES, 0x0c, 0x0d)
          .range(Immediates.LANE, 0x15, 0x22)
          .range(Immediates.ACCESS_AND_LANE, 0x54, 0x5b)
          .range(Immediates.ACCESS, 0x5c, 0x5d)
          .range(Immediates.NONE, 0x100, 0x113)
          .add(Immediates.ILLEGAL, 0x9a, 0xa2, 0xa5, 0xa6, 0xaf, 0xb0, 0xb2, 0xb3, 0xb4, 0xbb)
          .add(Immediates.ILLEGAL, 0xc2, 0xc5, 0xc6, 0xcf, 0xd0, 0xd2, 0xd3, 0xd4, 0xe2, 0xee)
          .rangeSince(WasmFeature.SIMD, 0x00, 0xff)
          .rangeSince(WasmFeature.RELAXED_SIMD, 0x100, 0x113);

  private static final Table ATOMIC_TABLE =
      new Table(0x4f)
          .range(Immediates.ACCESS, 0x00, 0x02)
          .add(Immediates.ZERO, 0x03)
          .range(Immediates.ACCESS, 0x10, 0x4e)
          .rangeSince(WasmFeature.THREADS, 0x00, 0x4e);

  private Opcodes() {}

  private static @Nullable Table behind(int prefix) {
    return switch (prefix) {
      case Opcode.GC -> GC_TABLE;
      case Opcode.BULK -> BULK_TABLE;
      case Opcode.VECTOR -> VECTOR_TABLE;
      case Opcode.ATOMIC -> ATOMIC_TABLE;
      default -> null;
    };
  }

  static boolean isPrefix(int octet) {
    return octet >= Opcode.GC && octet <= Opcode.ATOMIC;
  }

  static Immediates immediates(int opcode) {
    return SINGLE.immediates[opcode];
  }

  /** {@code null} for what the first version had. */
  static @Nullable WasmFeature feature(int opcode) {
    return SINGLE.features[opcode];
  }

  static Immediates immediates(int prefix, long number) {
    Table table = behind(prefix);
    return table == null || number >= table.immediates.length
        ? Immediates.ILLEGAL
        : table.immediates[(int) number];
  }

  /** Of an instruction that there is. */
  static @Nullable WasmFeature feature(int prefix, long number) {
    Table table = behind(prefix);
    return table == null ? null : table.features[(int) number];
  }

  /** Whether it may open or continue a list of instructions that stack switching brought. */
  static boolean isStackSwitching(int opcode) {
    return opcode >= 0xe0 && opcode <= 0xe6;
  }
}
