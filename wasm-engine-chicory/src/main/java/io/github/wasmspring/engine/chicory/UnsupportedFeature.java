package io.github.wasmspring.engine.chicory;

import org.jspecify.annotations.Nullable;

/** Names the WebAssembly feature behind a message of Chicory's parser. */
final class UnsupportedFeature {

  private UnsupportedFeature() {}

  /** {@code null} if the message does not come from a feature that is missing. */
  static @Nullable String of(String message) {
    if (message.contains("op value 06") || message.contains("op value 07")) {
      return "legacy exception handling";
    }
    if (message.contains("invalid memory limit") || message.contains("malformed limits flags")) {
      return "64-bit memory (memory64)";
    }
    if (message.contains("op value FD") || message.contains("V128") || message.contains("SIMD")) {
      return "SIMD (v128)";
    }
    if (message.contains("malformed UTF-8 encoding")) {
      return "a name that is not plain UTF-8";
    }
    return null;
  }
}
