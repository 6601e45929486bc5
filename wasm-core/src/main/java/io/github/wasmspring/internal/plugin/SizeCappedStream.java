package io.github.wasmspring.internal.plugin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails as soon as more has come than may. */
final class SizeCappedStream extends FilterInputStream {

  private final long most;
  private long read;

  SizeCappedStream(InputStream stream, long most) {
    super(stream);
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    if (count > 0) {
      this.read += count;
      if (this.read > this.most) {
        throw new IOException(PluginFailures.oversize(this.most));
      }
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
