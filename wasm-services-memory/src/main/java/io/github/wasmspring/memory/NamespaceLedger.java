package io.github.wasmspring.memory;

/** What a namespace has, as a transaction leaves it. */
final class NamespaceLedger {

  private final long id;
  private final String name;
  private long entries;
  private long bytes;
  private int dimensions;

  /**
   * @param entries keys, those whose entries have expired among them
   * @param bytes of all versions
   * @param dimensions of its vectors, 0 if it never had any
   */
  NamespaceLedger(long id, String name, long entries, long bytes, int dimensions) {
    this.id = id;
    this.name = name;
    this.entries = entries;
    this.bytes = bytes;
    this.dimensions = dimensions;
  }

  long id() {
    return this.id;
  }

  String name() {
    return this.name;
  }

  long entries() {
    return this.entries;
  }

  long bytes() {
    return this.bytes;
  }

  int dimensions() {
    return this.dimensions;
  }

  void dimensions(int dimensions) {
    this.dimensions = dimensions;
  }

  void add(long entries, long bytes) {
    this.entries += entries;
    this.bytes += bytes;
  }
}
