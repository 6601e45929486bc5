package io.github.wasmspring.plugin;

/** What became of a revision of a plug-in. */
public enum WasmPluginOutcome {
  /** It is the one that is called. */
  ACTIVE,
  /** It gets a share of the calls until it is decided. */
  CANARY,
  /** It ran until another took its place; its bytes are kept. */
  REPLACED,
  /** It ran and was given up. */
  ROLLED_BACK,
  /** It never ran. */
  REFUSED
}
