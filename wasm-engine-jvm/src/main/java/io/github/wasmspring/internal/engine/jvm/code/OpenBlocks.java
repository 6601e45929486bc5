package io.github.wasmspring.internal.engine.jvm.code;

import io.github.wasmspring.binary.Opcode;
import java.util.Arrays;

/** The open blocks of a function, the function itself first. Used for one after the other. */
final class OpenBlocks {

  static final int FUNCTION = 0;
  static final int LOOP = 0x03;
  static final int IF = 0x04;

  /** A block. */
  static final class Block {
    int opcode;
    int[] parameters = {};
    int[] results = {};

    /** How many operands there were below its parameters. */
    int height;

    /** How many operands, from the first, are in local variables while it runs. */
    int base;

    /** Where a branch goes. */
    int label;

    /** Where it goes on if something does not hold. */
    int otherwise;

    /** Where exceptions go. */
    int handler;

    /** Where they go instead, {@link InstructionBuffer#NONE} if nowhere else. */
    int delegate;

    /** From where on they do, {@link InstructionBuffer#NONE} if they do not. */
    int protectedFrom;

    /** Kind, tag and label of each handler. */
    int[] clauses = {};

    boolean hasElse;

    /** Whether a branch that can be reached goes to its end. */
    boolean isTarget;

    /** Whether its beginning is never reached. */
    boolean isDead;

    /** How many locals had been assigned. */
    int assigned;

    boolean isTry() {
      return this.opcode == Opcode.TRY_TABLE || this.opcode == Opcode.TRY || isHandler();
    }

    /** Whether it catches in the older form, and is no longer what exceptions come from. */
    boolean isHandler() {
      return this.opcode == Opcode.CATCH || this.opcode == Opcode.CATCH_ALL;
    }

    /** The operand that stands for the exception, below those of the block in the older form. */
    int exceptionHome() {
      return this.opcode == Opcode.TRY_TABLE ? this.height : this.height - 1;
    }

    int[] branchTypes() {
      return this.opcode == LOOP ? this.parameters : this.results;
    }
  }

  private Block[] blocks = new Block[16];
  private int depth;

  void clear() {
    this.depth = 0;
  }

  int depth() {
    return this.depth;
  }

  Block open(int opcode, int[] parameters, int[] results, int height) {
    if (this.depth == this.blocks.length) {
      this.blocks = Arrays.copyOf(this.blocks, 2 * this.depth);
    }
    Block block = this.blocks[this.depth];
    if (block == null) {
      block = new Block();
      this.blocks[this.depth] = block;
    }
    block.opcode = opcode;
    block.parameters = parameters;
    block.results = results;
    block.height = height;
    block.base = this.depth == 0 ? 0 : innermost().base;
    block.hasElse = false;
    block.protectedFrom = InstructionBuffer.NONE;
    block.isTarget = false;
    this.depth++;
    return block;
  }

  /** How many of them are loops. */
  int loops() {
    int loops = 0;
    for (int i = 0; i < this.depth; i++) {
      loops += this.blocks[i].opcode == LOOP ? 1 : 0;
    }
    return loops;
  }

  Block innermost() {
    return this.blocks[this.depth - 1];
  }

  /**
   * @param label 0 for the innermost
   */
  Block at(int label) {
    return this.blocks[this.depth - 1 - label];
  }

  void close() {
    this.depth--;
  }
}
