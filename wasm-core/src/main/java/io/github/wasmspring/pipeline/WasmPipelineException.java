package io.github.wasmspring.pipeline;

import org.jspecify.annotations.Nullable;

/** A pipeline has come to no end. The message names it, the stage, and why. */
public final class WasmPipelineException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What ended it. */
  public enum Reason {
    /** A stage failed; the cause is why. */
    STAGE_FAILED,
    /** It took longer than it may. */
    DEADLINE,
    /** The thread was interrupted, or the future cancelled. */
    CANCELLED
  }

  private final String pipeline;
  private final String stage;
  private final Reason reason;

  WasmPipelineException(
      String pipeline, String stage, Reason reason, String detail, @Nullable Throwable cause) {
    super("Pipeline '%s', stage '%s': %s".formatted(pipeline, stage, detail), cause);
    this.pipeline = pipeline;
    this.stage = stage;
    this.reason = reason;
  }

  public String pipeline() {
    return this.pipeline;
  }

  /** The stage that ended it. */
  public String stage() {
    return this.stage;
  }

  public Reason reason() {
    return this.reason;
  }
}
