package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.module.WasmModuleSettings.Limits;

/** What the answer of a call, or all those of a batch together, may still have. */
final class AnswerRoom {

  private final long mostBytes;
  private final long mostTokens;
  private long bytes;
  private long tokens;

  AnswerRoom(Limits limits) {
    this.mostBytes = limits.output();
    this.mostTokens = limits.jsonTokens();
    this.bytes = this.mostBytes;
    this.tokens = this.mostTokens;
  }

  /**
   * @throws WasmExecutionException {@code MEMORY_LIMIT} if there is no room for so many bytes
   */
  void takeBytes(int length) {
    if (length > this.bytes) {
      throw new WasmExecutionException(
          WasmErrorCategory.MEMORY_LIMIT,
          this.bytes == this.mostBytes
              ? "the answer has %d bytes, and %d are allowed (limits.output)"
                  .formatted(length, this.bytes)
              : "the answer has %d bytes, and of the %d that all answers of a batch may have together %d are left (limits.output)"
                  .formatted(length, this.mostBytes, this.bytes),
          null);
    }
    this.bytes -= length;
  }

  /** What one answer may have. */
  long mostTokens() {
    return this.mostTokens;
  }

  /**
   * @throws WasmExecutionException {@code MEMORY_LIMIT} if there were more than there is room for
   */
  void takeTokens(long count) {
    this.tokens -= count;
    if (this.tokens < 0) {
      throw new WasmExecutionException(
          WasmErrorCategory.MEMORY_LIMIT,
          "the answer is JSON of more than %d names, values and brackets (limits.json-tokens)"
              .formatted(this.mostTokens),
          null);
    }
  }
}
