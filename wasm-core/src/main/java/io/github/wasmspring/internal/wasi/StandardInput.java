package io.github.wasmspring.internal.wasi;

import java.nio.ByteBuffer;

/** Standard input: what a command was given, and then, or for anybody else, the end. */
final class StandardInput extends Descriptor {

  private final WasiStdio stdio;

  StandardInput(WasiStdio stdio) {
    this.stdio = stdio;
  }

  @Override
  FileType type() {
    return FileType.UNKNOWN;
  }

  @Override
  long rights() {
    return Rights.READ;
  }

  @Override
  int read(ByteBuffer target) {
    return this.stdio.read(target);
  }
}
