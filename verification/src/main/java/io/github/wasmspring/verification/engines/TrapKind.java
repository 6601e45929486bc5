package io.github.wasmspring.verification.engines;

import java.util.List;
import java.util.Locale;

/** Why a guest trapped, as far as all engines tell it apart. */
enum TrapKind {
  UNREACHABLE("unreachable"),
  MEMORY("memory access", "memory range", "data segment"),
  DIVISION_BY_ZERO("divide by zero", "remainder by zero", "/ by zero"),
  NOT_REPRESENTABLE("integer overflow", "conversion to integer", "unrepresentable"),
  CALL_TYPE("uninitialized element", "type mismatch", "signature mismatch"),
  TABLE("undefined element", "table access", "table index", "element segment"),
  STACK("call stack", "too deeply"),
  UNALIGNED("unaligned"),
  WAIT("expected shared memory", "atomics.wait cannot be called"),
  EXCEPTION("the guest threw an exception", "uncaught exception"),
  NULL_EXCEPTION("null exception reference");

  private final List<String> words;

  TrapKind(String... words) {
    this.words = List.of(words);
  }

  /** The name of the kind, or what the engine says if it is none of these. */
  static String of(String message) {
    String known = message.toLowerCase(Locale.ROOT);
    for (TrapKind kind : values()) {
      if (kind.words.stream().anyMatch(known::contains)) {
        return "trap " + kind;
      }
    }
    return "failed: " + message;
  }
}
