package io.github.wasmspring.internal.wasi;

/** What a function of WASI answers instead of success. */
final class WasiError extends Exception {

  private final Errno errno;

  WasiError(Errno errno) {
    super(errno.name(), null, false, false);
    this.errno = errno;
  }

  Errno errno() {
    return this.errno;
  }
}
