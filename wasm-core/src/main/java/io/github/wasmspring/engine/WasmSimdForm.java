package io.github.wasmspring.engine;

import java.util.Locale;

/** What an engine makes of vectors of 128 bits (SIMD), if it has them and a choice. */
public enum WasmSimdForm {
  /** The fastest that this JVM has; a warning says once what would make it faster. */
  AUTO,
  /** The JDK's Vector API in all code with vectors; without it there is no engine. */
  VECTOR,
  /** Plain numbers, on every JVM. */
  SCALAR;

  /** The system property that says which one where nobody else does. */
  public static final String PROPERTY = "wasm.engine.simd";

  /**
   * What the system property {@value #PROPERTY} says, {@link #AUTO} without one.
   *
   * @throws IllegalArgumentException if it is none of the names
   */
  public static WasmSimdForm ofProperty() {
    String value = System.getProperty(PROPERTY, AUTO.name());
    for (WasmSimdForm each : values()) {
      if (each.name().equals(value.toUpperCase(Locale.ROOT))) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "%s is auto, vector or scalar, not '%s'".formatted(PROPERTY, value));
  }
}
