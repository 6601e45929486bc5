package io.github.wasmspring.verification.engines;

import java.util.ArrayList;
import java.util.List;

/** The blocks that an instruction is in. */
final class OpenLabels {

  private final List<BlockLabel> labels = new ArrayList<>();
  private final List<BlockLabel> handlers = new ArrayList<>();

  void open(BlockLabel label) {
    this.labels.add(label);
  }

  void close() {
    this.labels.remove(this.labels.size() - 1);
  }

  /** From here on, code can throw again what a block has caught. */
  void beginHandler(BlockLabel label) {
    this.handlers.add(label);
  }

  void endHandler() {
    this.handlers.remove(this.handlers.size() - 1);
  }

  /** The blocks whose handlers the instruction is in. */
  List<BlockLabel> handlers() {
    return this.handlers;
  }

  List<BlockLabel> all() {
    return this.labels;
  }

  /** How many blocks are between it and the instruction. */
  int depth(BlockLabel label) {
    int position = this.labels.lastIndexOf(label);
    if (position < 0) {
      throw new IllegalStateException("A branch goes to a block that it is not in");
    }
    return this.labels.size() - 1 - position;
  }
}
