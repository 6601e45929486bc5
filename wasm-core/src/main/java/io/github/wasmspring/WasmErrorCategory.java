package io.github.wasmspring;

/** The kinds of failure, each with its severity and whether the same call may work later. */
public enum WasmErrorCategory {
  /** No module, version or operation of that name is registered. */
  NOT_FOUND(WasmSeverity.ERROR, Outlook.LASTING),
  /**
   * Registered versions do not fit what is asked for, or two registrations contradict each other.
   */
  VERSION_CONFLICT(WasmSeverity.ERROR, Outlook.LASTING),
  /** The bytes of a module could not be read from its location. */
  LOAD(WasmSeverity.ERROR, Outlook.PASSING),
  /** The bytes of a module do not have the digest that the configuration pins. */
  INTEGRITY(WasmSeverity.CRITICAL, Outlook.LASTING),
  /** The bytes are not a WebAssembly module. */
  MALFORMED(WasmSeverity.ERROR, Outlook.LASTING),
  /**
   * The module breaks the rules of the WebAssembly specification or needs what no engine here has.
   */
  INVALID(WasmSeverity.ERROR, Outlook.LASTING),
  /** An import of the module is not provided, or has another type. */
  LINK(WasmSeverity.ERROR, Outlook.LASTING),
  /** The module could not be made ready: its start function or its data segments failed. */
  INSTANTIATION(WasmSeverity.ERROR, Outlook.PASSING),
  /** A Java method and the export it calls do not fit each other. */
  SIGNATURE(WasmSeverity.ERROR, Outlook.LASTING),
  /** The caller passed something that can't be passed on. */
  INVALID_INPUT(WasmSeverity.INFO, Outlook.LASTING),
  /** The guest answered with an error of its own. */
  OPERATION(WasmSeverity.INFO, Outlook.LASTING),
  /** The guest trapped, or broke the calling convention. */
  TRAP(WasmSeverity.WARNING, Outlook.CHANGING),
  /** The guest recursed too deeply. */
  STACK_OVERFLOW(WasmSeverity.WARNING, Outlook.CHANGING),
  /** The call ran past its deadline and was stopped. */
  TIMEOUT(WasmSeverity.WARNING, Outlook.PASSING),
  /** The guest needed more memory than it may have, or returned more than it may. */
  MEMORY_LIMIT(WasmSeverity.WARNING, Outlook.CHANGING),
  /** The memory budget of the whole application is used up. */
  BUDGET(WasmSeverity.ERROR, Outlook.PASSING),
  /** No instance became free in time, or a tenant has had what it may have for now. */
  REJECTED(WasmSeverity.WARNING, Outlook.PASSING),
  /** The operation has failed so often in a row that its module is not asked for some time. */
  QUARANTINED(WasmSeverity.WARNING, Outlook.CHANGING),
  /** A host function that the guest called threw an exception. */
  HOST_FUNCTION(WasmSeverity.WARNING, Outlook.PASSING),
  /** The calling thread was interrupted by somebody else than the deadline. */
  INTERRUPTED(WasmSeverity.INFO, Outlook.CHANGING),
  /** The engine itself failed, or a Java fallback did. */
  ENGINE(WasmSeverity.ERROR, Outlook.CHANGING);

  private enum Outlook {
    /** Somebody has to change something. */
    LASTING,
    /** Another instance, or another moment, may do; the same call at once hardly does. */
    CHANGING,
    /** The same call may work a moment later. */
    PASSING
  }

  private final WasmSeverity severity;
  private final Outlook outlook;

  WasmErrorCategory(WasmSeverity severity, Outlook outlook) {
    this.severity = severity;
    this.outlook = outlook;
  }

  public WasmSeverity severity() {
    return this.severity;
  }

  /** Whether the same call may work later without anybody changing anything. */
  public boolean recoverable() {
    return this.outlook != Outlook.LASTING;
  }

  /** Whether it is worth a retry: the same call may work a moment later. */
  public boolean passing() {
    return this.outlook == Outlook.PASSING;
  }

  /**
   * Whether it is no failure of the module but the caller's own business: the guest's own answer,
   * wrong input, or somebody who does not want to wait. Nobody else is to answer instead.
   */
  public boolean callersOwn() {
    return this == OPERATION || this == INVALID_INPUT || this == INTERRUPTED;
  }

  /**
   * Whether the module had its chance and did not answer; what counts against it, as wrong input,
   * want of room or a caller's impatience do not.
   */
  public boolean modulesFault() {
    return switch (this) {
      case TRAP, STACK_OVERFLOW, TIMEOUT, MEMORY_LIMIT, HOST_FUNCTION, INSTANTIATION, ENGINE ->
          true;
      default -> false;
    };
  }

  /** Whether the instance that the call ran on is fit for no other. */
  public boolean breaksInstance() {
    return this != OPERATION && this != INVALID_INPUT;
  }
}
