package io.github.wasmspring.vector;

/** A guest, and which version of the index it has. All but the guest is guarded by its copies. */
final class VectorCopy {

  final VectorGuest guest;
  long version;
  boolean busy;

  /** The memory of the guest when it was changed last. */
  volatile long bytes;

  /** A writer waits for it: readers take another one. */
  boolean wanted;

  /** It broke down, and is not used any more. */
  boolean lost;

  VectorCopy(VectorGuest guest, long version) {
    this.guest = guest;
    this.version = version;
    this.bytes = guest.bytes();
  }
}
