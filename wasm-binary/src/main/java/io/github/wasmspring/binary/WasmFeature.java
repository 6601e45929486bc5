package io.github.wasmspring.binary;

/**
 * What the proposals of WebAssembly have added to its first version. The names are those of the
 * proposals.
 */
public enum WasmFeature {
  MUTABLE_GLOBALS(
      "globals that change, imported or exported", llvm("mutable-globals", "-mno-mutable-globals")),
  SIGN_EXTENSION("sign extension instructions", llvm("sign-ext", "-mno-sign-ext")),
  NONTRAPPING_FLOAT_TO_INT(
      "saturating conversions", llvm("nontrapping-fptoint", "-mno-nontrapping-fptoint")),
  MULTI_VALUE("several results", llvm("multivalue", "-mno-multivalue")),
  BULK_MEMORY("bulk memory instructions", llvm("bulk-memory", "-mno-bulk-memory")),
  REFERENCE_TYPES("reference types", llvm("reference-types", "-mno-reference-types")),
  EXTENDED_CONST(
      "arithmetic in constant expressions", llvm("extended-const", "-mno-extended-const")),
  TAIL_CALL("tail calls", llvm("tail-call", "-mno-tail-call")),
  SIMD("SIMD, vectors of 128 bits (v128)", llvm("simd128", "-mno-simd128")),
  RELAXED_SIMD("relaxed SIMD", llvm("relaxed-simd", "-mno-relaxed-simd")),
  THREADS("threads: shared memory or atomic instructions", llvm("atomics", "-mno-atomics")),
  EXCEPTION_HANDLING(
      "exception handling (try_table)",
      "build it without exceptions (clang: -fno-exceptions, Rust: panic = \"abort\")"),
  LEGACY_EXCEPTION_HANDLING(
      "legacy exception handling (try, catch)",
      "translate it with Binaryen (wasm-opt --enable-exception-handling --enable-reference-types --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int --translate-to-exnref), or build it with the exception handling of WebAssembly 3.0 (clang: -mllvm -wasm-use-legacy-eh=false, Emscripten: -sWASM_LEGACY_EXCEPTIONS=0) or without exceptions (clang: -fno-exceptions)"),
  TYPED_FUNCTION_REFERENCES(
      "typed function references", "build it from a language, or for a target, without them"),
  GC(
      "garbage collection (structs, arrays, i31 and their references)",
      "build it for linear memory, which limits.memory and wasm.memory.budget hold"),
  MULTI_MEMORY(
      "several memories", "merge the memories with Binaryen (wasm-opt --multi-memory-lowering)"),
  MEMORY64("64-bit memory (memory64)", "build it for wasm32"),
  CUSTOM_PAGE_SIZES("pages of another size", "build it with pages of 64 KiB"),
  WIDE_ARITHMETIC("128-bit arithmetic", llvm("wide-arithmetic", "-mno-wide-arithmetic")),
  STACK_SWITCHING("stack switching", "build it without continuations");

  private final String title;
  private final String howToAvoid;

  WasmFeature(String title, String howToAvoid) {
    this.title = title;
    this.howToAvoid = howToAvoid;
  }

  private static String llvm(String feature, String flag) {
    return "build it without (clang: %s, Rust: -C target-feature=-%s)".formatted(flag, feature);
  }

  /** What it is, for people. */
  public String title() {
    return this.title;
  }

  /** How a module comes to do without, as a half sentence that begins with a verb. */
  public String howToAvoid() {
    return this.howToAvoid;
  }
}
