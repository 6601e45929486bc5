package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.split.BigFunction;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Finds the functions of a module in stack traces. */
final class StackFrames {

  private final Predicate<StackTraceElement> classes;
  private final int firstPiece;
  private final int[] ownersOfPieces;

  /**
   * @param classes whether a frame is one of the module's classes
   * @param functions how many the module has; their pieces are behind them
   * @param split those that were split, in the order of their pieces
   */
  StackFrames(Predicate<StackTraceElement> classes, int functions, List<BigFunction> split) {
    this.classes = classes;
    this.ownersOfPieces =
        split.stream()
            .flatMapToInt(big -> IntStream.generate(big::index).limit(big.pieces()))
            .toArray();
    this.firstPiece = functions;
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
    return this.classes.test(frame)
        ? Names.functionOf(frame.getMethodName())
        : WasmCode.NO_FUNCTION;
  }
}
