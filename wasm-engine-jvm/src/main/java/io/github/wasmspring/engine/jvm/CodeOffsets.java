package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.engine.WasmCode;

/**
 * Finds where in the bytes of a module a frame of a stack trace stands: its line is the distance of
 * the instruction from the beginning of the function's body, see {@link InstructionBuffer#at}.
 */
final class CodeOffsets {

  /** The line of what stands too far from the beginning of its function for a line. */
  static final int NOWHERE = 0;

  private final StackFrames frames;
  private final ModuleFacts facts;

  CodeOffsets(StackFrames frames, ModuleFacts facts) {
    this.frames = frames;
    this.facts = facts;
  }

  /** See {@link WasmCode#offsetAt}. */
  int at(StackTraceElement frame) {
    int function = this.frames.functionAt(frame);
    int line = frame.getLineNumber();
    return function < this.facts.importedFunctionCount() || line <= NOWHERE
        ? WasmCode.UNKNOWN_OFFSET
        : this.facts.body(function).start() + line;
  }
}
