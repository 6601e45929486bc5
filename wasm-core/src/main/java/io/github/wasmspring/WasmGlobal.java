package io.github.wasmspring;

/** A global that an instance exports. */
public interface WasmGlobal {

  WasmGlobalType type();

  /** What it holds; {@code f32} and {@code f64} as their raw bits. */
  long get();

  /**
   * @param value in the same form
   * @throws IllegalStateException if it is not mutable
   * @throws IllegalArgumentException if the value has more bits than the type
   */
  void set(long value);
}
