package io.github.wasmspring.plugin;

/** Where a plug-in is in its life. */
public enum WasmPluginState {
  /** It can be called. */
  ACTIVE,
  /** It can be called, and a newer revision gets a share of the calls until it is decided. */
  CANARY,
  /** Switched off. */
  DISABLED,
  /** It could not be started, or not be loaded the last time. */
  FAILED
}
