package io.github.wasmspring.memory;

/** Keeps a question for many large values from filling the heap. */
final class RecallSize {

  private static final long MOST_BYTES = 64L << 20;

  private final String namespace;
  private long bytes;

  RecallSize(String namespace) {
    this.namespace = namespace;
  }

  /**
   * @throws AgentMemoryException if it is one too many
   */
  RawEntry counted(RawEntry row) {
    int stored = row.value().length;
    // A size that can't be is damage, which is told where the value is decoded.
    this.bytes += Math.max(stored, Math.min(row.size(), PieceCompression.most(stored)));
    if (this.bytes > MOST_BYTES) {
      throw new AgentMemoryException(
          "The entries that a query of namespace '%s' of the agent memory would recall have more than 64 MiB; lower its limit, or recall them in parts"
              .formatted(this.namespace));
    }
    return row;
  }
}
