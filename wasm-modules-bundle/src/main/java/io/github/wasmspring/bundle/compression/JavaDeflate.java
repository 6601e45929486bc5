package io.github.wasmspring.bundle.compression;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Deflate with and without the wrapper of zlib, by the JDK. */
final class JavaDeflate {

  static final int LEVELS = 9;

  private static final int PIECE = 16 * 1024;

  private JavaDeflate() {}

  static byte[] compress(byte[] data, int level, boolean raw) {
    Faults.checkLevel(level, LEVELS, "level");
    Deflater deflater = new Deflater(level, raw);
    try {
      deflater.setInput(data);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] piece = new byte[PIECE];
      while (!deflater.finished()) {
        out.write(piece, 0, deflater.deflate(piece));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  static byte[] decompress(byte[] data, int limit, boolean raw) {
    BoundedOutput out = new BoundedOutput(Faults.limit(limit));
    int end = decompress(data, 0, raw, out);
    if (end < data.length) {
      throw Faults.data(end);
    }
    return out.toByteArray();
  }

  /**
   * @return where the stream that begins at {@code from} ends
   */
  static int decompress(byte[] data, int from, boolean raw, BoundedOutput out) {
    Inflater inflater = new Inflater(raw);
    try {
      inflater.setInput(data, from, data.length - from);
      byte[] piece = new byte[PIECE];
      while (!inflater.finished()) {
        int made = inflate(inflater, piece, from, out);
        out.write(piece, 0, made);
        if (made == 0 && !inflater.finished()) {
          throw stopped(inflater, from, data.length);
        }
      }
      return from + (int) inflater.getBytesRead();
    } finally {
      inflater.end();
    }
  }

  /** Never more than one byte beyond the limit, so that what comes first is reported. */
  private static int inflate(Inflater inflater, byte[] piece, int from, BoundedOutput out) {
    long before = inflater.getBytesWritten();
    int room = (int) Math.min(piece.length, out.left() + 1L);
    try {
      return inflater.inflate(piece, 0, room);
    } catch (DataFormatException corrupt) {
      if (inflater.getBytesWritten() - before > out.left()) {
        throw Faults.limit();
      }
      int at = from + (int) inflater.getBytesRead();
      throw "incorrect data check".equals(corrupt.getMessage())
          ? Faults.checksum(at)
          : Faults.data(at);
    }
  }

  private static RuntimeException stopped(Inflater inflater, int from, int end) {
    return inflater.needsDictionary()
        ? Faults.data(from + (int) inflater.getBytesRead())
        : Faults.truncated(end);
  }
}
