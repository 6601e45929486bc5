package io.github.wasmspring.validate;

import io.github.wasmspring.binary.WasmBinaryException;
import io.github.wasmspring.binary.WasmBinaryException.Kind;

/** Where the validation is, for those who find something wrong. */
final class Position {

  private int offset;

  /**
   * @param position the first byte of what is looked at
   */
  void at(int position) {
    this.offset = position;
  }

  int offset() {
    return this.offset;
  }

  /** The exception for what breaks a rule here; the specification's words come first. */
  WasmBinaryException invalid(String detail) {
    return new WasmBinaryException(Kind.INVALID, detail, this.offset);
  }

  WasmBinaryException malformed(String detail) {
    return new WasmBinaryException(Kind.MALFORMED, detail, this.offset);
  }

  WasmBinaryException tooMuch(String detail) {
    return new WasmBinaryException(Kind.LIMIT, detail, this.offset);
  }

  WasmBinaryException unknown(String what, long index, int count) {
    return invalid("unknown %s %d: there are %d".formatted(what, index, count));
  }
}
