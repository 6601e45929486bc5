package io.github.wasmspring.split;

/** The type of a value; all that a piece can take over as a local has a default. */
enum ValueType {
  I32(0x7f, 1),
  I64(0x7e, 2),
  F32(0x7d, 1),
  F64(0x7c, 2),
  FUNCREF(0x70, 1),
  EXTERNREF(0x6f, 1),
  EXNREF(0x69, 1),
  /** Vectors and references with types of their own: functions with such are left alone. */
  OTHER(0, 1);

  private static final int REF = 0x64;
  private static final int REF_NULL = 0x63;

  private final int code;
  private final int slots;

  ValueType(int code, int slots) {
    this.code = code;
    this.slots = slots;
  }

  int code() {
    return this.code;
  }

  /** How many slots of a JVM frame it takes. */
  int slots() {
    return this.slots;
  }

  static ValueType read(ByteReader in) {
    int code = in.octet();
    if (code == REF || code == REF_NULL) {
      in.signed(5);
      return OTHER;
    }
    return of(code);
  }

  static ValueType of(int code) {
    for (ValueType type : values()) {
      if (type.code == code && type != OTHER) {
        return type;
      }
    }
    return OTHER;
  }
}
