package io.github.wasmspring.wasi;

/** What a guest may still write, so that it can't fill the disk of the host. */
final class WriteQuota {

  /** What a new file or directory counts for, however empty it is. */
  static final long NEW_ENTRY = 4096;

  private long left;

  WriteQuota(long limit) {
    this.left = limit;
  }

  void take(long bytes) throws WasiError {
    if (bytes > this.left) {
      throw new WasiError(Errno.DQUOT);
    }
    this.left -= bytes;
  }
}
