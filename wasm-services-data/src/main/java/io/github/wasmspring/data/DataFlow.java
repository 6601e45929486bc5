package io.github.wasmspring.data;

import org.jspecify.annotations.Nullable;

/** Chunks, one after the other, made when they are asked for. For one thread at a time. */
interface DataFlow extends AutoCloseable {

  /** The next one, which may have no rows; {@code null} at the end. */
  @Nullable DataChunk next();

  @Override
  void close();

  /** No chunks. */
  static DataFlow none() {
    return new DataFlow() {
      @Override
      public @Nullable DataChunk next() {
        return null;
      }

      @Override
      public void close() {}
    };
  }
}
