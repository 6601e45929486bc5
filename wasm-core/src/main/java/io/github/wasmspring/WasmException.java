package io.github.wasmspring;

import org.jspecify.annotations.Nullable;

/**
 * The root of every failure of this library. It says where the failure happened and of which kind
 * it is; the message starts with the module and the operation.
 */
public abstract sealed class WasmException extends RuntimeException
    permits WasmModuleNotFoundException,
        WasmVersionConflictException,
        WasmDependencyException,
        WasmLoadException,
        WasmLinkException,
        WasmSignatureException,
        WasmInvalidInputException,
        WasmOperationException,
        WasmTenantRefusedException,
        WasmExecutionException {

  /** Whatever is in it, a message does not fill a log, nor the heap if somebody keeps it. */
  private static final int LONGEST_MESSAGE = 2 << 10;

  private static final int LONGEST_DETAIL = 8 << 10;

  private final WasmErrorCategory category;
  private final String detail;
  private @Nullable String advice;
  private transient WasmErrorContext context = WasmErrorContext.UNKNOWN;

  protected WasmException(WasmErrorCategory category, String detail, @Nullable Throwable cause) {
    this(category, detail, cause, true);
  }

  /**
   * @param traced whether it has a stack trace, which takes most of the time that it takes to throw
   *     one
   */
  WasmException(
      WasmErrorCategory category, String detail, @Nullable Throwable cause, boolean traced) {
    super(null, cause, true, traced);
    this.category = category;
    this.detail = ShortText.cut(detail, LONGEST_DETAIL);
  }

  /**
   * Fills in what is not known yet about where this failure happened, on its way from the engine to
   * the caller.
   *
   * @return this exception
   */
  public WasmException locate(WasmErrorContext outer) {
    this.context = context().orElse(outer);
    return this;
  }

  /**
   * Says what would have kept the caller from this failure; the end of the message.
   *
   * @return this exception
   */
  public WasmException advise(String advice) {
    this.advice = advice;
    return this;
  }

  public WasmErrorCategory category() {
    return this.category;
  }

  public WasmSeverity severity() {
    return this.category.severity();
  }

  /** Whether the same call may work later without anybody changing anything. */
  public boolean recoverable() {
    return this.category.recoverable();
  }

  /** Where it happened; never {@code null}. */
  public WasmErrorContext context() {
    return this.context != null ? this.context : WasmErrorContext.UNKNOWN;
  }

  /** The id of the module, or {@code null} if the failure belongs to none. */
  public @Nullable String module() {
    return context().module();
  }

  public @Nullable String version() {
    return context().version();
  }

  public @Nullable String operation() {
    return context().operation();
  }

  public @Nullable String engine() {
    return context().engine();
  }

  /** What happened, without where; at most 8 KB. */
  public String detail() {
    return this.detail;
  }

  /**
   * At most 2 KB: the module and the operation, {@link #detail()} as far as there is room, and
   * maybe what to do about it.
   */
  @Override
  public String getMessage() {
    String where = context().describe();
    String message = where.isEmpty() ? this.detail : where + ": " + this.detail;
    return ShortText.cut(
        this.advice == null ? message : message + "; " + this.advice, LONGEST_MESSAGE);
  }
}
