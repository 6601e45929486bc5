package io.github.wasmspring;

/** The kinds of failure, each with its severity and whether the same call may work later. */
public enum WasmErrorCategory {
  /** No module, version or operation of that name is registered. */
  NOT_FOUND(WasmSeverity.ERROR, false),
  /**
   * Registered versions do not fit what is asked for, or two registrations contradict each other.
   */
  VERSION_CONFLICT(WasmSeverity.ERROR, false),
  /** The bytes of a module could not be read from its location. */
  LOAD(WasmSeverity.ERROR, true),
  /** The bytes of a module do not have the digest that the configuration pins. */
  INTEGRITY(WasmSeverity.CRITICAL, false),
  /** The bytes are not a WebAssembly module. */
  MALFORMED(WasmSeverity.ERROR, false),
  /**
   * The module breaks the rules of the WebAssembly specification or needs what no engine here has.
   */
  INVALID(WasmSeverity.ERROR, false),
  /** An import of the module is not provided, or has another type. */
  LINK(WasmSeverity.ERROR, false),
  /** The module could not be made ready: its start function or its data segments failed. */
  INSTANTIATION(WasmSeverity.ERROR, true),
  /** A Java method and the export it calls do not fit each other. */
  SIGNATURE(WasmSeverity.ERROR, false),
  /** The caller passed something that can't be passed on. */
  INVALID_INPUT(WasmSeverity.INFO, false),
  /** The guest answered with an error of its own. */
  OPERATION(WasmSeverity.INFO, false),
  /** The guest trapped, or broke the calling convention. */
  TRAP(WasmSeverity.WARNING, true),
  /** The guest recursed too deeply. */
  STACK_OVERFLOW(WasmSeverity.WARNING, true),
  /** The call ran past its deadline and was stopped. */
  TIMEOUT(WasmSeverity.WARNING, true),
  /** The guest needed more memory than it may have, or returned more than it may. */
  MEMORY_LIMIT(WasmSeverity.WARNING, true),
  /** The memory budget of the whole application is used up. */
  BUDGET(WasmSeverity.ERROR, true),
  /** No instance became free in time. */
  REJECTED(WasmSeverity.WARNING, true),
  /** A host function that the guest called threw an exception. */
  HOST_FUNCTION(WasmSeverity.WARNING, true),
  /** The calling thread was interrupted by somebody else than the deadline. */
  INTERRUPTED(WasmSeverity.INFO, true),
  /** The engine itself failed, or a Java fallback did. */
  ENGINE(WasmSeverity.ERROR, true);

  private final WasmSeverity severity;
  private final boolean recoverable;

  WasmErrorCategory(WasmSeverity severity, boolean recoverable) {
    this.severity = severity;
    this.recoverable = recoverable;
  }

  public WasmSeverity severity() {
    return this.severity;
  }

  /** Whether the same call may work later without anybody changing anything. */
  public boolean recoverable() {
    return this.recoverable;
  }
}
