package io.github.wasmspring.module;

/** When a module is read and compiled. */
public enum WasmLoadPolicy {
  /** On its first call, or when a bean that calls it is created. */
  LAZY,
  /** When the application starts; a module that can't be loaded stops the start. */
  EAGER,
  /**
   * In the background from when the application starts, and nobody waits. A call that comes before
   * it is ready joins the loading; a module that can't be loaded is logged, and its next call tries
   * again.
   */
  PREFETCH
}
