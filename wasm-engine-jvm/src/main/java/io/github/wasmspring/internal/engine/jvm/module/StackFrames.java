package io.github.wasmspring.internal.engine.jvm.module;

import io.github.wasmspring.engine.WasmCode;
import java.util.function.Predicate;

/** Finds the functions of a module in stack traces. */
public final class StackFrames {

  private final Predicate<StackTraceElement> classes;

  /**
   * @param classes whether a frame is one of the module's classes
   */
  public StackFrames(Predicate<StackTraceElement> classes) {
    this.classes = classes;
  }

  /** See {@link WasmCode#functionAt}. */
  public int functionAt(StackTraceElement frame) {
    return this.classes.test(frame)
        ? Names.functionOf(frame.getMethodName())
        : WasmCode.NO_FUNCTION;
  }

  /** See {@link WasmCode#isPieceAt}. */
  public boolean isPieceAt(StackTraceElement frame) {
    return this.classes.test(frame) && Names.isPiece(frame.getMethodName());
  }

  /** See {@link WasmCode#isLinkAt}. */
  public boolean isLinkAt(StackTraceElement frame) {
    return this.classes.test(frame) && Names.functionOf(frame.getMethodName()) < 0;
  }
}
