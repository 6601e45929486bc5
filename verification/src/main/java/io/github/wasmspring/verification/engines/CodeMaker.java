package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.WasmFeature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes random code of one kind. */
interface CodeMaker {

  /**
   * @param results what the code has to leave on the stack, nothing for a statement
   * @return {@code null} if this kind can't, here
   */
  @Nullable InstructionTree make(BodyMaker body, List<GuestType> results, int depth);

  /**
   * A kind of code.
   *
   * @param weight how often it is tried, compared with others
   * @param feature that it belongs to, {@code null} if it is as old as WebAssembly
   */
  record Kind(int weight, @Nullable WasmFeature feature, CodeMaker maker) {}

  static Kind often(int weight, CodeMaker maker) {
    return new Kind(weight, null, maker);
  }

  static Kind with(WasmFeature feature, int weight, CodeMaker maker) {
    return new Kind(weight, feature, maker);
  }
}
