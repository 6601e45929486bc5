package io.github.wasmspring.internal.engine.jvm.code;

import io.github.wasmspring.internal.engine.jvm.code.OpenBlocks.Block;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * The instructions for which a block's handlers hold. The JVM knows no blocks, only ranges of
 * instructions, and looks at those that were ended first first. Used for one method after the
 * other.
 */
final class ProtectedRanges {

  /** Of its entry in the table of the class file, which has at most 65,535 of them. */
  private static final int BYTES = 8;

  private static final int RANGE = 3;

  private final InstructionBuffer code;
  private final OpenBlocks blocks;
  private int open;

  /** Beginning, end and handler of each. */
  private int[] ranges = new int[16 * RANGE];

  private int count;

  ProtectedRanges(InstructionBuffer code, OpenBlocks blocks) {
    this.code = code;
    this.blocks = blocks;
  }

  void clear() {
    this.open = 0;
    this.count = 0;
  }

  boolean isEmpty() {
    return this.count == 0;
  }

  /** From here on exceptions go to the handler of a block. */
  void begin(Block block) {
    block.protectedFrom = this.code.newLabel();
    this.code.add(InstructionBuffer.LABEL, block.protectedFrom);
    this.open++;
  }

  void end(Block block) {
    int end = this.code.newLabel();
    this.code.add(InstructionBuffer.LABEL, end);
    add(block.protectedFrom, end, block.handler);
    block.protectedFrom = InstructionBuffer.NONE;
    this.open--;
  }

  private void add(int beginning, int end, int handler) {
    this.code.addBytes(BYTES);
    if (this.count == this.ranges.length) {
      this.ranges = Arrays.copyOf(this.ranges, 2 * this.count);
    }
    this.ranges[this.count++] = beginning;
    this.ranges[this.count++] = end;
    this.ranges[this.count++] = handler;
  }

  /**
   * Adds instructions that leave blocks, for which handlers there hold no more: exceptions would go
   * to them, and to the JVM what is in local variables would be there, too.
   *
   * @param target the block that stays, {@code null} if the function is left
   */
  void leaving(@Nullable Block target, Runnable instructions) {
    List<Block> left = new ArrayList<>();
    boolean reached = this.open > 0 && !this.code.isMuted();
    for (int i = 0; reached && i < this.blocks.depth() && this.blocks.at(i) != target; i++) {
      Block block = this.blocks.at(i);
      if (block.protectedFrom != InstructionBuffer.NONE) {
        end(block);
        left.add(block);
      }
    }
    instructions.run();
    left.forEach(this::begin);
  }

  /**
   * The JVM refuses ranges that are empty.
   *
   * @param labels and {@code memory}: see {@link InstructionBuffer#writeTo}
   */
  void writeTo(MethodVisitor method, Label[] labels, int memory) {
    if (this.count == 0) {
      return;
    }
    int[] positions = this.code.positions(memory);
    for (int i = 0; i < this.count; i += RANGE) {
      if (positions[this.ranges[i]] < positions[this.ranges[i + 1]]) {
        method.visitTryCatchBlock(
            labels[this.ranges[i]],
            labels[this.ranges[i + 1]],
            labels[this.ranges[i + 2]],
            Names.EXCEPTION);
      }
    }
  }
}
