package io.github.wasmspring.verification.engines;

import java.util.List;

/** The type of a value in a random module. */
enum GuestType {
  I32(0x7f),
  I64(0x7e),
  F32(0x7d),
  F64(0x7c),
  V128(0x7b),
  FUNCREF(0x70),
  EXTERNREF(0x6f),
  /** Only between a handler and what is done with the exception. */
  EXNREF(0x69);

  static final List<GuestType> NUMBERS = List.of(I32, I64, F32, F64);

  /** What functions, variables and blocks may have. */
  static final List<GuestType> USUAL = List.of(I32, I64, F32, F64, FUNCREF, EXTERNREF);

  /** The same where there are vectors. */
  static final List<GuestType> WITH_VECTORS = List.of(I32, I64, F32, F64, V128, V128, V128);

  private final int code;

  GuestType(int code) {
    this.code = code;
  }

  /** As the binary format writes it. */
  int code() {
    return this.code;
  }

  boolean isNumber() {
    return compareTo(F64) <= 0;
  }

  boolean isFloat() {
    return this == F32 || this == F64;
  }
}
