package io.github.wasmspring.module;

/** When a module is read and compiled. */
public enum WasmLoadPolicy {
  /** On its first call, or when a bean that calls it is created. */
  LAZY,
  /** When the application starts; a module that can't be loaded stops the start. */
  EAGER
}
