package io.github.wasmspring.internal.engine.jvm.code;

import io.github.wasmspring.internal.engine.jvm.code.OpenBlocks.Block;
import org.objectweb.asm.Opcodes;

/**
 * Branches, and what blocks have whose operands below are in their homes while they run: loops, and
 * those that catch exceptions.
 */
final class BranchCompiler {

  private final MethodBody method;
  private final InstructionBuffer code;
  private final TypedStack stack;
  private final OpenBlocks blocks;
  private final CallCompiler calls;

  BranchCompiler(MethodBody method, CallCompiler calls) {
    this.method = method;
    this.code = method.code;
    this.stack = method.stack;
    this.blocks = method.blocks;
    this.calls = calls;
  }

  /** Puts all operands into their homes, where those below a block stay while it runs. */
  void saveOperands(Block block, int outerBase) {
    for (int i = this.stack.height() - 1; !block.isDead && i >= outerBase; i--) {
      this.method.saveOperand(i);
    }
    block.base = block.height;
  }

  /** Brings a block's parameters back onto the stack. */
  void loadParameters(Block block) {
    for (int i = block.height; !block.isDead && i < this.stack.height(); i++) {
      this.method.load(this.stack.type(i), i);
    }
  }

  /**
   * Brings operands back onto the stack, below the results of a block that has ended.
   *
   * @param height how many there are below the results
   */
  void restore(int height) {
    int base = this.blocks.innermost().base;
    if (base == height) {
      return;
    }
    int top = this.stack.height();
    for (int i = top - 1; i >= height; i--) {
      this.method.save(this.stack.type(i), i);
    }
    for (int i = base; i < top; i++) {
      this.method.loadOperand(i);
    }
  }

  /** Nothing comes to what follows. */
  void unreachable() {
    this.stack.shrink(this.blocks.innermost().height);
    this.code.mute(true);
  }

  /** Whether a jump is all that a branch takes. */
  boolean isPlain(Block target) {
    return target.opcode != OpenBlocks.FUNCTION
        && target.base == this.blocks.innermost().base
        && this.stack.height() == target.height + target.branchTypes().length
        && (target.opcode != OpenBlocks.LOOP || target.parameters.length == 0);
  }

  /** Goes to a block with the operands that are there. */
  void branch(Block target) {
    if (this.code.isMuted()) {
      return;
    }
    this.method.vectors.toHalves(target.branchTypes().length);
    if (target.opcode == OpenBlocks.FUNCTION) {
      this.calls.giveBack(target.results, this.stack.height() - target.results.length);
      return;
    }
    target.isTarget = true;
    if (target.opcode == OpenBlocks.LOOP && target.parameters.length > 0) {
      this.method.ranges.leaving(target, () -> arrangeAndJump(target));
    } else {
      arrangeAndJump(target);
    }
  }

  private void arrangeAndJump(Block target) {
    if (!isPlain(target)) {
      arrange(target);
    }
    this.code.add(Opcodes.GOTO, target.label);
  }

  /** Puts operands where a block wants them, for a loop into their homes. */
  private void arrange(Block target) {
    int values = target.branchTypes().length;
    int top = this.stack.height();
    int base = this.blocks.innermost().base;
    boolean loop = target.opcode == OpenBlocks.LOOP;
    for (int i = top - 1; i >= top - values; i--) {
      this.method.save(this.stack.type(i), loop ? i - top + values + target.height : i);
    }
    int keep = loop ? base : base == target.base ? target.height : base;
    for (int i = top - values - 1; i >= keep; i--) {
      this.method.dropOperand(i);
    }
    if (loop) {
      return;
    }
    if (base != target.base) {
      for (int i = target.base; i < target.height; i++) {
        this.method.loadOperand(i);
      }
    }
    for (int i = top - values; i < top; i++) {
      this.method.load(this.stack.type(i), i);
    }
  }
}
