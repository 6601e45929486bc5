package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ExecutionListener;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.wasm.types.Instruction;

/**
 * Makes loops of interpreted code stop when the thread is interrupted. Chicory's interpreter looks
 * for that at calls and unconditional branches only, so that a loop which ends in a {@code br_if}
 * would run for ever. Compiled code does not ask its listener.
 */
final class LoopGuard implements ExecutionListener {

  @Override
  public void onExecution(Instruction instruction, MStack stack) {
    switch (instruction.opcode()) {
      case BR_IF, BR_TABLE, BR_ON_NULL, BR_ON_NON_NULL, BR_ON_CAST, BR_ON_CAST_FAIL -> {
        if (Thread.currentThread().isInterrupted()) {
          throw new ChicoryInterruptedException("Thread interrupted");
        }
      }
      default -> {}
    }
  }
}
