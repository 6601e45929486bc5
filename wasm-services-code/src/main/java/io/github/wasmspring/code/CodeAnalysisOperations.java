package io.github.wasmspring.code;

import io.github.wasmspring.WasmModule;

/**
 * What the module answers about code, as JSON. Options are the bits of {@link
 * CodeParseOptions#bits}.
 */
@WasmModule(CodeModule.ID)
interface CodeAnalysisOperations {

  /** Scopes, bindings and references as lists of numbers. */
  byte[] scopes(byte[] source, int options);

  /** Lines, functions, imports, what is suspicious, and errors of syntax. */
  byte[] analyse(byte[] source, int options);

  /** TypeScript without types. */
  byte[] stripTypes(byte[] source, int options);

  /** JavaScript as short as it can be, with its source map. */
  byte[] minify(byte[] source, int options);
}
