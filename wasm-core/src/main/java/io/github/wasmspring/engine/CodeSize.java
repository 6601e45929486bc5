package io.github.wasmspring.engine;

import io.github.wasmspring.load.SectionReader;

/** How many bytes of code a module has, told without parsing it. */
public final class CodeSize {

  private static final int CODE_SECTION = 10;

  private CodeSize() {}

  /** The length of the code section, 0 if there is none; what is damaged is left to the parser. */
  public static long of(byte[] module) {
    return Math.max(0, new SectionReader(module).find(CODE_SECTION));
  }
}
