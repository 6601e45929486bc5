package io.github.wasmspring.internal.engine.jvm.module;

import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.engine.WasmCode;

/**
 * Finds where in the bytes of a module a frame of a stack trace stands: its line is the distance of
 * the instruction from the beginning of the function's body, see {@code InstructionBuffer.at}.
 */
public final class CodeOffsets {

  /** The line of what stands too far from the beginning of its function for a line. */
  public static final int NOWHERE = 0;

  private final StackFrames frames;
  private final ModuleFacts facts;

  public CodeOffsets(StackFrames frames, ModuleFacts facts) {
    this.frames = frames;
    this.facts = facts;
  }

  /** See {@link WasmCode#offsetAt}. */
  public int at(StackTraceElement frame) {
    int function = this.frames.functionAt(frame);
    int line = frame.getLineNumber();
    return function < this.facts.importedFunctionCount() || line <= NOWHERE
        ? WasmCode.UNKNOWN_OFFSET
        : this.facts.body(function).start() + line;
  }
}
