package io.github.wasmspring.internal.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file as it was when it was opened. What is written meanwhile is no part of it: half of a new
 * module after half of an old one is neither, and a file may grow faster than it is read.
 */
final class SteadyFile extends FilterInputStream {

  private final Path path;
  private final BasicFileAttributes opened;
  private long left;

  SteadyFile(Path path) throws IOException {
    super(Files.newInputStream(path));
    this.path = path;
    this.opened = attributes();
    this.left = this.opened.size();
  }

  private BasicFileAttributes attributes() throws IOException {
    return Files.readAttributes(this.path, BasicFileAttributes.class);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = this.left == 0 ? -1 : super.read(bytes, offset, (int) Math.min(length, this.left));
    if (count < 0) {
      refuseIfChanged();
      return -1;
    }
    this.left -= count;
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(Math.min(count, this.left));
    this.left -= skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void refuseIfChanged() throws IOException {
    BasicFileAttributes now = attributes();
    if (this.left > 0
        || now.size() != this.opened.size()
        || !now.lastModifiedTime().equals(this.opened.lastModifiedTime())) {
      throw new IOException(
          "it was changed while it was read; write a new file beside it and rename that");
    }
  }
}
