package io.github.wasmspring.code;

import io.github.wasmspring.WasmModule;

/** What the module answers. Options are the bits of {@link CodeParseOptions#bits}. */
@WasmModule(CodeModule.ID)
interface CodeOperations {

  /** The words of a tree, little-endian. */
  byte[] parse(byte[] source, int options);

  /** A tree as JSON. */
  byte[] estree(byte[] source, int options);

  /** The kinds of nodes, a line each. */
  byte[] kinds();
}
