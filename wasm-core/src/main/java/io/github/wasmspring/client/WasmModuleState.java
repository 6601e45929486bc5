package io.github.wasmspring.client;

/** Where a module is in its life. */
public enum WasmModuleState {
  /** Known, and not needed yet. */
  REGISTERED,
  /** Being read and compiled; a call waits for it. */
  LOADING,
  /** Loaded and compiled. */
  READY,
  /** The last attempt to load it failed. */
  FAILED,
  /** Switched off: only its Java fallbacks answer. */
  DISABLED
}
