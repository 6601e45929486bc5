package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ExecutionListener;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.Instruction;

/**
 * Does what Chicory's interpreter leaves out. It makes loops stop when the thread is interrupted:
 * the interpreter looks for that at calls and unconditional branches only, so that a loop which
 * ends in a {@code br_if} would run for ever. And it checks the addresses of the stores that the
 * interpreter adds an offset to without a look at whether the sum is below 4 GiB, so that one
 * beyond would begin at 0 again. Compiled code needs neither, and does not ask its listener.
 */
final class InterpreterGuard implements ExecutionListener {

  /** The operands of a memory access are its alignment, its offset and its memory. */
  private static final int OFFSET = 1;

  @Override
  public void onExecution(Instruction instruction, MStack stack) {
    switch (instruction.opcode()) {
      case BR_IF, BR_TABLE, BR_ON_NULL, BR_ON_NON_NULL, BR_ON_CAST, BR_ON_CAST_FAIL -> {
        if (Thread.currentThread().isInterrupted()) {
          throw new ChicoryInterruptedException("Thread interrupted");
        }
      }
      case I32_STORE8, I64_STORE8, I64_STORE32 -> checkStore(instruction.operand(OFFSET), stack);
      default -> {}
    }
  }

  /** What is below 2 GiB the memory checks. */
  private static void checkStore(long offset, MStack stack) {
    int belowValue = stack.size() - 2;
    long end = offset + (stack.array()[belowValue] & 0xffffffffL);
    if (end > Integer.MAX_VALUE) {
      throw new WasmRuntimeException("out of bounds memory access: 1 or more bytes at " + end);
    }
  }
}
