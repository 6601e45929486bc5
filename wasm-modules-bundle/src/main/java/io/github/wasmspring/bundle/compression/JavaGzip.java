package io.github.wasmspring.bundle.compression;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** RFC 1952 around the JDK's deflate: its own stream ignores what follows the last member. */
final class JavaGzip {

  private static final int HEADER = 10;
  private static final int TRAILER = 8;
  private static final int UNKNOWN_SYSTEM = 255;

  private JavaGzip() {}

  static byte[] compress(byte[] data, int level) {
    byte[] body = JavaDeflate.compress(data, level, true);
    CRC32 crc = new CRC32();
    crc.update(data);
    int effort = level == 9 ? 2 : level == 1 ? 4 : 0;
    return ByteBuffer.allocate(HEADER + body.length + TRAILER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0})
        .put((byte) effort)
        .put((byte) UNKNOWN_SYSTEM)
        .put(body)
        .putInt((int) crc.getValue())
        .putInt(data.length)
        .array();
  }

  static byte[] decompress(byte[] data, int limit) {
    BoundedOutput out = new BoundedOutput(Faults.limit(limit));
    int at = 0;
    do {
      at = member(data, at, out);
    } while (at < data.length);
    return out.toByteArray();
  }

  private static int member(byte[] data, int from, BoundedOutput out) {
    int start = out.size();
    int at = JavaDeflate.decompress(data, new GzipHeader(data, from).end(), true, out);
    if (data.length - at < TRAILER) {
      throw Faults.truncated(data.length);
    }
    CRC32 crc = new CRC32();
    crc.update(out.bytes(), start, out.size() - start);
    ByteBuffer trailer = ByteBuffer.wrap(data, at, TRAILER).order(ByteOrder.LITTLE_ENDIAN);
    at += TRAILER;
    if (trailer.getInt() != (int) crc.getValue() || trailer.getInt() != out.size() - start) {
      throw Faults.checksum(at);
    }
    return at;
  }
}
