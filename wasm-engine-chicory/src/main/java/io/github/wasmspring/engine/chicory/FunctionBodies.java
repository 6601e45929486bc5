package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.WasmWriter;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import io.github.wasmspring.binary.BinaryCursor;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.stream.IntStream;

/** The bodies in the code section of a module, one after the other; the section is well formed. */
final class FunctionBodies {

  private final byte[] section;
  private final BinaryCursor in;

  FunctionBodies(byte[] section) {
    this.section = section;
    this.in = new BinaryCursor(section, 0, section.length);
    this.in.index();
  }

  void copyNext(ByteArrayOutputStream out) {
    int size = this.in.length();
    WasmWriter.writeVarUInt32(out, size);
    out.write(this.section, this.in.position(), size);
    this.in.skip(size);
  }

  void skipNext() {
    this.in.skip(this.in.length());
  }

  /**
   * Which bodies are needed after compilation: those of functions that are interpreted. An
   * interpreted function that makes a tail call, or calls a reference, makes the interpreter go on
   * with the body of whatever it calls, so that all are needed then.
   *
   * @param interpreted the interpreted functions, counted with imports
   * @return the functions, counted without imports, in ascending order
   */
  static int[] needed(WasmModule module, Set<Integer> interpreted) {
    int imports = module.importSection().count(ExternalType.FUNCTION);
    int[] own = interpreted.stream().mapToInt(function -> function - imports).sorted().toArray();
    boolean leave =
        IntStream.of(own)
            .mapToObj(function -> module.codeSection().getFunctionBody(function))
            .anyMatch(FunctionBodies::goesOnElsewhere);
    return leave ? IntStream.range(0, module.functionSection().functionCount()).toArray() : own;
  }

  private static boolean goesOnElsewhere(FunctionBody body) {
    for (AnnotatedInstruction instruction : body.instructions()) {
      switch (instruction.opcode()) {
        case CALL_REF, RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }
}
