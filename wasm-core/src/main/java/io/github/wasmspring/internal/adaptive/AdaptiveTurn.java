package io.github.wasmspring.internal.adaptive;

import io.github.wasmspring.WasmSource;

/** Who is to answer one call, and what is to be told about it afterwards. */
public enum AdaptiveTurn {
  /** The chosen side; only a failure is of interest. */
  WASM(WasmSource.WASM, false, false),
  /** The chosen side; how long it takes is of interest. */
  MEASURED_WASM(WasmSource.WASM, true, false),
  /** The side that is not chosen, to learn how it does. */
  EXPLORED_WASM(WasmSource.WASM, true, true),
  /** The chosen side; only a failure is of interest. */
  JAVA(WasmSource.JAVA, false, false),
  /** The chosen side; how long it takes is of interest. */
  MEASURED_JAVA(WasmSource.JAVA, true, false),
  /** The side that is not chosen, to learn how it does. */
  EXPLORED_JAVA(WasmSource.JAVA, true, true);

  private final WasmSource side;
  private final boolean measured;
  private final boolean explored;

  AdaptiveTurn(WasmSource side, boolean measured, boolean explored) {
    this.side = side;
    this.measured = measured;
    this.explored = explored;
  }

  static AdaptiveTurn of(WasmSource side, boolean measured) {
    if (side == WasmSource.WASM) {
      return measured ? MEASURED_WASM : WASM;
    }
    return measured ? MEASURED_JAVA : JAVA;
  }

  static AdaptiveTurn explore(WasmSource side) {
    return side == WasmSource.WASM ? EXPLORED_WASM : EXPLORED_JAVA;
  }

  /** {@code WASM} or {@code JAVA}. */
  public WasmSource side() {
    return this.side;
  }

  /** Whether {@link SizeClassChoice#answered} wants to know how long it took. */
  public boolean isMeasured() {
    return this.measured;
  }

  public boolean isExplored() {
    return this.explored;
  }
}
