package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.ByteWriter;
import io.github.wasmspring.binary.WasmFeature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instruction without immediates that takes and gives numbers.
 *
 * @param code the octets that stand for it
 * @param feature that it belongs to, {@code null} if it is as old as WebAssembly
 */
record PlainInstruction(
    List<Integer> code,
    List<GuestType> takes,
    GuestType gives,
    Care care,
    @Nullable WasmFeature feature) {

  /** What is seen to, so that few calls trap early and no bits of a NaN matter that may differ. */
  enum Care {
    NONE,
    /** Traps if the second operand is 0. */
    DIVIDES,
    /** Traps if the operand is out of range. */
    CONVERTS,
    /** Gives another number in Chicory at times. */
    ROUNDS,
    /** The bits of its first operand matter. */
    EXACT_FIRST,
    /** The sign of its second operand matters. */
    EXACT_SECOND
  }

  void write(ByteWriter out) {
    this.code.forEach(out::octet);
  }
}
