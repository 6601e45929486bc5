package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.split.BigFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the functions of a module in stack traces. Chicory's compiler makes a method {@code func_7}
 * of function 7; the methods of its interpreter, which also runs what is too big for the compiler,
 * say nothing of functions.
 */
final class GuestFrames {

  private static final String METHOD = "func_";
  private static final String GROUP = "FuncGroup_";
  private static final String MACHINE = "Machine";
  private static final String INTERPRETER = InterpreterMachine.class.getName();

  private final @Nullable String classPrefix;
  private final @Nullable String classLoader;
  private final int firstPiece;
  private final int[] ownersOfPieces;

  private GuestFrames(
      @Nullable String classPrefix,
      @Nullable String classLoader,
      int firstPiece,
      int[] ownersOfPieces) {
    this.classPrefix = classPrefix;
    this.classLoader = classLoader;
    this.firstPiece = firstPiece;
    this.ownersOfPieces = ownersOfPieces;
  }

  static GuestFrames interpreted() {
    return new GuestFrames(null, null, Integer.MAX_VALUE, new int[0]);
  }

  /**
   * @param className of what the build-time compiler made
   */
  static GuestFrames builtBefore(String className) {
    return new GuestFrames(className + MACHINE + GROUP, null, Integer.MAX_VALUE, new int[0]);
  }

  /**
   * @param classLoader its name, which no other has
   * @param functions those that were split; their pieces are behind all other functions, in this
   *     order
   */
  static GuestFrames compiled(
      String mainClass, String classLoader, WasmModule module, List<BigFunction> functions) {
    List<Integer> owners = new ArrayList<>();
    for (BigFunction function : functions) {
      for (int i = 0; i < function.pieces(); i++) {
        owners.add(function.index());
      }
    }
    int all =
        module.importSection().count(ExternalType.FUNCTION)
            + module.functionSection().functionCount();
    return new GuestFrames(
        mainClass + GROUP,
        classLoader,
        all - owners.size(),
        owners.stream().mapToInt(Integer::intValue).toArray());
  }

  /** See {@link WasmCode#functionAt}. */
  int functionAt(StackTraceElement frame) {
    int index = methodAt(frame);
    return index < this.firstPiece ? index : this.ownersOfPieces[index - this.firstPiece];
  }

  /** See {@link WasmCode#isPieceAt}. */
  boolean isPieceAt(StackTraceElement frame) {
    return methodAt(frame) >= this.firstPiece;
  }

  private int methodAt(StackTraceElement frame) {
    if (frame.getClassName().equals(INTERPRETER)) {
      return WasmCode.UNKNOWN_FUNCTION;
    }
    if (this.classPrefix == null || !frame.getClassName().startsWith(this.classPrefix)) {
      return WasmCode.NO_FUNCTION;
    }
    if (this.classLoader != null && !Objects.equals(frame.getClassLoaderName(), this.classLoader)) {
      return WasmCode.NO_FUNCTION;
    }
    return number(frame.getMethodName());
  }

  private static int number(String method) {
    int number = 0;
    if (!method.startsWith(METHOD) || method.length() == METHOD.length()) {
      return WasmCode.NO_FUNCTION;
    }
    for (int i = METHOD.length(); i < method.length(); i++) {
      int digit = method.charAt(i) - '0';
      if (digit < 0 || digit > 9 || number > 100_000_000) {
        return WasmCode.NO_FUNCTION;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
