package io.github.wasmspring.internal.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder reads: no more than may be, and not for longer than a load may take. A decoder can
 * read on without anything coming out, so that to count what does is not enough.
 */
final class GuardedStream extends FilterInputStream {

  private final long most;
  private final @Nullable LoadDeadline deadline;
  private long read;

  private GuardedStream(InputStream stream, long most, @Nullable LoadDeadline deadline) {
    super(stream);
    this.most = most;
    this.deadline = deadline;
  }

  static InputStream until(LoadDeadline deadline, InputStream stream) {
    return new GuardedStream(stream, Long.MAX_VALUE, deadline);
  }

  static InputStream upTo(long most, InputStream stream) {
    return new GuardedStream(stream, most, null);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (this.deadline != null && this.deadline.left() <= 0) {
      throw this.deadline.passed(null);
    }
    int count = super.read(bytes, offset, length);
    if (count > 0) {
      this.read += count;
      if (this.read > this.most) {
        throw new OversizeException("packed, it", this.most);
      }
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
