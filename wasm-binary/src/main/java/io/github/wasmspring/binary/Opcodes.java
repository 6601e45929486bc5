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

  static final int ELSE = 0x05;
  static final int END = 0x0b;
  static final int GC = 0xfb;
  static final int BULK = 0xfc;
  static final int VECTOR = 0xfd;
  static final int ATOMIC = 0xfe;

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
          .add(Immediates.NONE, 0x00, 0x01, 0x0a, 0x0f, 0x19, 0x1a, 0x1b, 0xd1, 0xd3, 0xd4)
          .add(Immediates.BLOCK, 0x02, 0x03, 0x04, 0x06)
          .add(Immediates.TRY_TABLE, 0x1f)
          .add(Immediates.ELSE, ELSE)
          .add(Immediates.END, END)
          .add(Immediates.INDEX, 0x07, 0x08, 0x09, 0x0c, 0x0d, 0x10, 0x12, 0x14, 0x15, 0x18)
          .range(Immediates.INDEX, 0x20, 0x24)
          .add(Immediates.INDEX, 0xd2, 0xd5, 0xd6)
          .add(Immediates.LABELS, 0x0e)
          .add(Immediates.INDIRECT, 0x11, 0x13)
          .add(Immediates.TYPES, 0x1c)
          .add(Immediates.TABLE, 0x25, 0x26)
          .range(Immediates.ACCESS, 0x28, 0x3e)
          .add(Immediates.MEMORY, 0x3f, 0x40)
          .add(Immediates.I32, 0x41)
          .add(Immediates.I64, 0x42)
          .add(Immediates.F32, 0x43)
          .add(Immediates.F64, 0x44)
          .range(Immediates.NONE, 0x45, 0xc4)
          .add(Immediates.HEAP_TYPE, 0xd0)
          .rangeSince(WasmFeature.SIGN_EXTENSION, 0xc0, 0xc4)
          .since(WasmFeature.LEGACY_EXCEPTION_HANDLING, 0x06, 0x07, 0x09, 0x18, 0x19)
          .since(WasmFeature.EXCEPTION_HANDLING, 0x0a, 0x1f)
          .since(WasmFeature.TAIL_CALL, 0x12, 0x13, 0x15)
          .since(WasmFeature.REFERENCE_TYPES, 0x1c, 0x25, 0x26, 0xd0, 0xd1, 0xd2)
          .since(WasmFeature.GC, 0xd3)
          .since(WasmFeature.TYPED_FUNCTION_REFERENCES, 0x14, 0xd4, 0xd5, 0xd6);

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
      case GC -> GC_TABLE;
      case BULK -> BULK_TABLE;
      case VECTOR -> VECTOR_TABLE;
      case ATOMIC -> ATOMIC_TABLE;
      default -> null;
    };
  }

  static boolean isPrefix(int octet) {
    return octet >= GC && octet <= ATOMIC;
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
