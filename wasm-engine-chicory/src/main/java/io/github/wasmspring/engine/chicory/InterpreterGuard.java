package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.ExecutionListener;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.Instruction;

/**
 * Does what Chicory's interpreter leaves out, for one instance. It makes everything stop when the
 * thread is interrupted: the interpreter looks for that at calls and unconditional branches only,
 * so that a loop which ends in a {@code br_if}, a tail call or a {@code throw} would run for ever,
 * and code without any of them as long as it is. And it checks the addresses of the stores that the
 * interpreter adds an offset to without a look at whether the sum is below 4 GiB, so that one
 * beyond would begin at 0 again. Compiled code needs neither, and does not ask its listener.
 */
final class InterpreterGuard implements ExecutionListener {

  /** In instructions, which take some ten nanoseconds each; a power of two. */
  private static final int LOOK_EVERY = 1024;

  /** The operands of a memory access are its alignment, its offset and its memory. */
  private static final int OFFSET = 1;

  private int executed;

  @Override
  public void onExecution(Instruction instruction, MStack stack) {
    if ((++this.executed & LOOK_EVERY - 1) == 0) {
      BulkWork.stopIfInterrupted();
    }
    switch (instruction.opcode()) {
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
