package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.split.BigFunction;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the functions of a module in stack traces. */
final class StackFrames {

  private final String classLoader;
  private final int firstPiece;
  private final int[] ownersOfPieces;

  /**
   * @param classLoader its name, which no other has
   * @param functions how many the module has with its pieces, which are behind all others
   * @param split those that were split, in the order of their pieces
   */
  StackFrames(String classLoader, int functions, List<BigFunction> split) {
    this.classLoader = classLoader;
    this.ownersOfPieces =
        split.stream()
            .flatMapToInt(big -> IntStream.generate(big::index).limit(big.pieces()))
            .toArray();
    this.firstPiece = functions - this.ownersOfPieces.length;
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
    return this.classLoader.equals(frame.getClassLoaderName())
        ? Names.functionOf(frame.getMethodName())
        : WasmCode.NO_FUNCTION;
  }
}
