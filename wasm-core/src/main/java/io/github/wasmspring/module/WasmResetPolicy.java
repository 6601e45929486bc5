package io.github.wasmspring.module;

/** What happens to the state of an instance between two borrowers. */
public enum WasmResetPolicy {
  /** It stays. Only for modules that keep nothing from call to call, or mean to. */
  NONE,
  /**
   * Memory and globals go back to what they were when the instance was made, but only after a
   * session. For modules that keep nothing unless a session asks them to.
   */
  SESSION,
  /** Memory and globals go back to what they were when the instance was made. */
  MEMORY,
  /** Every borrower gets a new instance. */
  FRESH;

  /** Whether an instance must be able to go back to its beginnings. */
  public boolean resets() {
    return this == SESSION || this == MEMORY;
  }
}
