package io.github.wasmspring.internal.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What stands behind a number that a guest reads, writes or opens paths with. */
abstract class Descriptor {

  private int flags;

  abstract FileType type();

  abstract long rights();

  long inheritedRights() {
    return 0;
  }

  /** As {@link FdFlags} has them. */
  int flags() {
    return this.flags;
  }

  void flags(int flags) throws WasiError {
    this.flags = FdFlags.checked(flags);
  }

  /** Reads what there is, without waiting; -1 at the end. */
  int read(ByteBuffer target) throws WasiError, IOException {
    throw new WasiError(Errno.BADF);
  }

  /** Writes all or, if it has written some, less. */
  int write(ByteBuffer source) throws WasiError, IOException {
    throw new WasiError(Errno.BADF);
  }

  void close() throws IOException {}
}
