package io.github.wasmspring.internal.wasi;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all guests of a module may still write together. */
final class WriteTotal {

  private static final Logger logger = LoggerFactory.getLogger(WriteTotal.class);

  private final String module;
  private final long limit;
  private final AtomicLong left;
  private final AtomicBoolean told = new AtomicBoolean();

  WriteTotal(String module, long limit) {
    this.module = module;
    this.limit = limit;
    this.left = new AtomicLong(limit);
  }

  /**
   * @throws WasiError if that is more than there is
   */
  void take(long bytes) throws WasiError {
    long now = this.left.get();
    while (bytes <= now) {
      if (this.left.compareAndSet(now, now - bytes)) {
        return;
      }
      now = this.left.get();
    }
    if (this.told.compareAndSet(false, true)) {
      logger.warn(
          "The guests of WebAssembly module {} have written about all of the {} bytes that they may write together while it is loaded, and write no more; if that is no attack, raise wasi.total-write-limit, or reload the module",
          this.module,
          this.limit);
    }
    throw new WasiError(Errno.DQUOT);
  }
}
