package io.github.wasmspring.vector;

/** What is in an index from one {@code clear} or {@code restore} to the next. */
final class VectorContent {

  final VectorRecords records = new VectorRecords();
  final VectorCopies copies = new VectorCopies(0);

  /** Gives all instances back, each when nobody searches it any more. */
  void close() {
    for (VectorCopy copy : this.copies.all()) {
      if (this.copies.takeToWrite(copy)) {
        this.copies.lose(copy);
        copy.guest.close();
      }
    }
  }
}
