package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.ByteWriter;
import java.util.List;

/** Instructions that give the same each time. */
final class Constants {

  private static final int FLOAT_NAN = 0x7fc00000;
  private static final long DOUBLE_NAN = 0x7ff8000000000000L;

  private Constants() {}

  /**
   * @param bits of the number; what is neither one nor a vector is null
   */
  static void write(ByteWriter out, GuestType type, long bits) {
    switch (type) {
      case I32 -> out.octet(0x41).signed((int) bits);
      case I64 -> out.octet(0x42).signed(bits);
      case F32 -> octets(out.octet(0x43), bits, 4);
      case F64 -> octets(out.octet(0x44), bits, 8);
      case V128 -> {
        octets(out.octet(0xfd).octet(0x0c), bits, 8);
        octets(out, Long.rotateLeft(bits, 12), 8);
      }
      default -> out.octet(0xd0).octet(type.code());
    }
  }

  private static void octets(ByteWriter out, long bits, int count) {
    for (int i = 0; i < count; i++) {
      out.octet((int) (bits >>> 8 * i));
    }
  }

  static InstructionTree tree(GuestType type, long bits) {
    return InstructionTree.of(List.of(type), List.of(), (out, labels) -> write(out, type, bits));
  }

  /** 0 or null. */
  static void zeros(ByteWriter out, List<GuestType> types) {
    types.forEach(type -> write(out, type, 0));
  }

  /** The NaN that stands for all others. */
  static long nan(GuestType type) {
    return type == GuestType.F32 ? FLOAT_NAN : DOUBLE_NAN;
  }
}
