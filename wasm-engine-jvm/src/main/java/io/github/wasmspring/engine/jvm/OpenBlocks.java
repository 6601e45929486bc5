package io.github.wasmspring.engine.jvm;

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

    int otherwise;
    boolean hasElse;

    /** Whether a branch that can be reached goes to its end. */
    boolean isTarget;

    /** Whether its beginning is never reached. */
    boolean isDead;

    /** How many locals had been assigned. */
    int assigned;

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
    block.isTarget = false;
    this.depth++;
    return block;
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
