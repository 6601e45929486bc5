package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.ValueType;

/** The type of a local or an operand; all that a piece can take over as a local has a default. */
public enum LocalType {
  I32(ValueType.I32, 0x7f, 1),
  I64(ValueType.I64, 0x7e, 2),
  F32(ValueType.F32, 0x7d, 1),
  F64(ValueType.F64, 0x7c, 2),
  V128(ValueType.V128, 0x7b, 4),
  FUNCREF(ValueType.FUNCREF, 0x70, 1),
  EXTERNREF(ValueType.EXTERNREF, 0x6f, 1),
  EXNREF(ValueType.EXNREF, 0x69, 1),
  /** References with types of their own: functions with such are left alone. */
  OTHER(new ValueType(0, 0), 0, 1);

  private final ValueType type;
  private final int code;
  private final int slots;

  LocalType(ValueType type, int code, int slots) {
    this.type = type;
    this.code = code;
    this.slots = slots;
  }

  /** The byte that stands for it. */
  int code() {
    return this.code;
  }

  ValueType type() {
    return this.type;
  }

  /** How many slots of a JVM frame it takes. */
  public int slots() {
    return this.slots;
  }

  static LocalType of(ValueType type) {
    for (LocalType known : values()) {
      if (known.type.equals(type)) {
        return known;
      }
    }
    return OTHER;
  }

  static LocalType of(int code) {
    for (LocalType known : values()) {
      if (known.code == code && known != OTHER) {
        return known;
      }
    }
    return OTHER;
  }
}
