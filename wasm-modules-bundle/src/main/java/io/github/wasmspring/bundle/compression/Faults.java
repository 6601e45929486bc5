package io.github.wasmspring.bundle.compression;

import io.github.wasmspring.WasmOperationException;
import org.jspecify.annotations.Nullable;

/** The errors of the module, as it words them. */
final class Faults {

  private static final int DEFAULT_LIMIT = 64 << 20;

  private Faults() {}

  static WasmOperationException data(int offset) {
    return fault("data", "The compressed data is corrupt", (long) offset);
  }

  static WasmOperationException truncated(int offset) {
    return fault("truncated", "The compressed data ends too early", (long) offset);
  }

  static WasmOperationException checksum(int offset) {
    return fault("checksum", "A checksum or length does not match the data", (long) offset);
  }

  static WasmOperationException limit() {
    return fault("limit", "The data is larger than the limit", null);
  }

  static void checkLevel(int level, int most, String name) {
    if (level < 0 || level > most) {
      throw fault("level", "The %s must be between 0 and %d".formatted(name, most), null);
    }
  }

  /** What a limit of the caller means. */
  static int limit(int asked) {
    if (asked < 0) {
      throw fault("size", "A limit or length must not be negative", null);
    }
    return asked == 0 ? DEFAULT_LIMIT : asked;
  }

  private static WasmOperationException fault(String code, String message, @Nullable Long offset) {
    return new WasmOperationException("compression." + code, message, offset);
  }
}
