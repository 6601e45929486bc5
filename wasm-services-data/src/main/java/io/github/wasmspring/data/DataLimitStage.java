package io.github.wasmspring.data;

import org.jspecify.annotations.Nullable;

/** The first rows. */
final class DataLimitStage implements DataFlow {

  private final DataFlow from;
  private long left;

  DataLimitStage(DataFlow from, long most) {
    this.from = from;
    this.left = most;
  }

  @Override
  public @Nullable DataChunk next() {
    DataChunk chunk = this.left == 0 ? null : this.from.next();
    if (chunk == null) {
      return null;
    }
    if (chunk.rows() > this.left) {
      chunk = chunk.first((int) this.left);
    }
    this.left -= chunk.rows();
    return chunk;
  }

  @Override
  public void close() {
    this.from.close();
  }
}
