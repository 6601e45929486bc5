package io.github.wasmspring.vector;

import org.jspecify.annotations.Nullable;

/** A snapshot could not be written or read. The message names the file and what to do. */
public final class VectorSnapshotException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Reason {
    /** The file can't be read or written. */
    IO,
    /** It is shorter than it was. */
    TRUNCATED,
    /** Its bytes are not those that were written. */
    CORRUPTED,
    /** It is no snapshot, or one of a version that is not known here. */
    OTHER_FORMAT,
    /** It is of an index with other dimensions or another metric. */
    OTHER_SETTINGS
  }

  private final Reason reason;

  VectorSnapshotException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return this.reason;
  }
}
