package io.github.wasmspring.internal.convention;

import java.io.InputStream;

/** JSON in which nothing but the beginning of a long text is left. */
final class CutStrings extends InputStream {

  /** Enough for the longest error message, were each of its characters written as an escape. */
  private static final int MOST = 64 << 10;

  private final AnswerStream json;
  private final byte[] buffer = new byte[8 << 10];
  private int position;
  private int end;
  private int inString = -1;
  private int escape;
  private boolean dropping;

  CutStrings(AnswerStream json) {
    this.json = json;
  }

  @Override
  public int read() {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    int count = 0;
    while (count < length) {
      if (this.position == this.end) {
        if (count > 0 || !fill()) {
          break;
        }
      }
      byte next = this.buffer[this.position++];
      if (isKept(next)) {
        target[offset + count++] = next;
      }
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  private boolean fill() {
    int read = this.json.read(this.buffer, 0, this.buffer.length);
    this.position = 0;
    this.end = Math.max(read, 0);
    return read > 0;
  }

  private boolean isKept(byte next) {
    if (this.inString < 0) {
      this.inString = next == '"' ? 0 : -1;
      return true;
    }
    if (this.escape > 0) {
      this.escape = next == 'u' && this.escape == 1 ? 4 : this.escape == 1 ? 0 : this.escape - 1;
      return keep();
    }
    if (next == '"') {
      this.inString = -1;
      this.dropping = false;
      return true;
    }
    boolean first = (next & 0xc0) != 0x80;
    this.dropping |= first && this.inString >= MOST;
    this.escape = next == '\\' ? 1 : 0;
    return keep();
  }

  private boolean keep() {
    this.inString++;
    return !this.dropping;
  }
}
