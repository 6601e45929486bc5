package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.FunctionBody;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import java.util.List;

/**
 * Finds what Chicory's parser lets pass: functions that are over before their blocks are. The
 * interpreter would end them without their results, and the compiler would fail.
 */
final class FunctionEnds {

  private FunctionEnds() {}

  /**
   * @throws WasmLoadException {@code MALFORMED} if a function lacks an end
   */
  static void check(WasmModule module) {
    CodeSection code = module.codeSection();
    for (int i = 0; i < code.functionBodyCount(); i++) {
      if (!isComplete(code.getFunctionBody(i))) {
        throw new WasmLoadException(
            WasmErrorCategory.MALFORMED,
            "the module is damaged: function %d of its code ends before its blocks do".formatted(i),
            null);
      }
    }
  }

  private static boolean isComplete(FunctionBody body) {
    List<AnnotatedInstruction> instructions = body.instructions();
    int open = 1;
    for (int i = 0; i < instructions.size(); i++) {
      if (open == 0) {
        return false;
      }
      switch (instructions.get(i).opcode()) {
        case BLOCK, LOOP, IF, TRY_TABLE -> open++;
        case END -> open--;
        default -> {}
      }
    }
    return open == 0;
  }
}
