package io.github.wasmspring.bundle.compression;

import java.util.zip.CRC32;

/** Reads the header of a member, RFC 1952, 2.3. */
final class GzipHeader {

  private static final byte[] START = {0x1f, (byte) 0x8b, 8};
  private static final int FIXED = 10;
  private static final int HAS_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final byte[] data;
  private int at;

  GzipHeader(byte[] data, int from) {
    this.data = data;
    this.at = from;
    int flags = fixed();
    if ((flags & HAS_EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_CRC) != 0) {
      checkCrc(from);
    }
  }

  int end() {
    return this.at;
  }

  private int fixed() {
    for (byte expected : START) {
      if (next() != (expected & 0xff)) {
        throw Faults.data(this.at - 1);
      }
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw Faults.data(this.at - 1);
    }
    skip(FIXED - START.length - 1);
    return flags;
  }

  private void checkCrc(int from) {
    CRC32 crc = new CRC32();
    crc.update(this.data, from, this.at - from);
    if ((next() | next() << 8) != (crc.getValue() & 0xffff)) {
      throw Faults.checksum(this.at - 1);
    }
  }

  private int next() {
    if (this.at == this.data.length) {
      throw Faults.truncated(this.at);
    }
    return this.data[this.at++] & 0xff;
  }

  private void skip(int count) {
    if (count > this.data.length - this.at) {
      throw Faults.truncated(this.data.length);
    }
    this.at += count;
  }

  private void skipText() {
    while (next() != 0) {
      // A name or comment ends with zero.
    }
  }
}
