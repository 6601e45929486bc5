package io.github.wasmspring.internal.wasi;

/** What a guest may still write, so that it can't fill the disk of the host. */
final class WriteQuota {

  /** What a new file or directory counts for, however empty it is. */
  static final long NEW_ENTRY = 4096;

  private final WriteTotal total;
  private long left;

  /**
   * @param total what others have a part in
   */
  WriteQuota(long limit, WriteTotal total) {
    this.left = limit;
    this.total = total;
  }

  void take(long bytes) throws WasiError {
    if (bytes > this.left) {
      throw new WasiError(Errno.DQUOT);
    }
    this.total.take(bytes);
    this.left -= bytes;
  }
}
