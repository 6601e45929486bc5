package io.github.wasmspring.internal.wasi;

import java.nio.ByteBuffer;
import java.util.function.Predicate;

/** Standard output or standard error. */
final class StandardOutput extends Descriptor {

  private final Predicate<ByteBuffer> capture;
  private final LogStream log;

  /**
   * @param capture takes the bytes if it wants them for itself
   * @param log takes all others
   */
  StandardOutput(Predicate<ByteBuffer> capture, LogStream log) {
    this.capture = capture;
    this.log = log;
  }

  @Override
  FileType type() {
    return FileType.UNKNOWN;
  }

  @Override
  long rights() {
    return Rights.WRITE;
  }

  @Override
  int write(ByteBuffer source) {
    int length = source.remaining();
    if (!this.capture.test(source.duplicate())) {
      this.log.write(source.duplicate());
    }
    source.position(source.limit());
    return length;
  }
}
