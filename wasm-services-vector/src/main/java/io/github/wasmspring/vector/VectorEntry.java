package io.github.wasmspring.vector;

/**
 * A document in its slot, and from which state of the index to which it is there. An entry is never
 * changed but for its end.
 */
final class VectorEntry {

  final VectorDocument document;
  final int slot;
  final double factor;
  private final long from;
  private volatile long until = Long.MAX_VALUE;

  VectorEntry(VectorDocument document, int slot, double factor, long from) {
    this.document = document;
    this.slot = slot;
    this.factor = factor;
    this.from = from;
  }

  boolean isThere(long version) {
    return this.from <= version && version < this.until;
  }

  void end(long version) {
    this.until = version;
  }

  VectorMatch match(float score) {
    return new VectorMatch(
        this.document.id(), score, this.document.text(), this.document.metadata());
  }
}
