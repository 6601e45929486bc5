package io.github.wasmspring.data;

import org.jspecify.annotations.Nullable;

/** Rows could not be processed. The message says what was done, in which row, and what to do. */
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Reason {
    /** An expression or a pipeline can never be. */
    EXPRESSION,
    /** A value of a row is not what its column or an expression needs. */
    VALUE,
    /** A result does not fit its type. */
    OVERFLOW,
    /** More memory is needed than the settings allow, and nothing of it can be put on disk. */
    MEMORY,
    /** More room on disk is needed than the settings allow, or the disk fails. */
    DISK,
    /** A file is not one of rows, or has been changed or cut. */
    DAMAGED,
    /** The thread was interrupted. */
    INTERRUPTED
  }

  private final Reason reason;

  DataException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  DataException(Reason reason, String message) {
    this(reason, message, null);
  }

  public Reason reason() {
    return this.reason;
  }
}
