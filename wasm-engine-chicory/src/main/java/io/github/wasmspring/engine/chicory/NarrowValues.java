package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;

/**
 * Values of 32 bits in the form that compiled code gives and takes them: extended with their sign.
 * The interpreter leaves in the other half what its 64-bit arithmetic put there, and computes with
 * what it is given.
 */
final class NarrowValues {

  private NarrowValues() {}

  /** The values themselves if all have that form, or else a copy. */
  static long[] of(List<ValType> types, long[] values) {
    long[] narrow = values;
    int slot = 0;
    for (int i = 0; i < types.size() && slot < values.length; i++) {
      int opcode = types.get(i).opcode();
      if ((opcode == ValType.ID.I32 || opcode == ValType.ID.F32)
          && values[slot] != (int) values[slot]) {
        narrow = narrow == values ? values.clone() : narrow;
        narrow[slot] = (int) values[slot];
      }
      slot += opcode == ValType.ID.V128 ? 2 : 1;
    }
    return narrow;
  }
}
