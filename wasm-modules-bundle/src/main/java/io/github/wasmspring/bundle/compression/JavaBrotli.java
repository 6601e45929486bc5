package io.github.wasmspring.bundle.compression;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.brotli.dec.BrotliInputStream;

/** Decodes with Google's decoder in Java. */
final class JavaBrotli {

  private static final int PIECE = 16 * 1024;

  private JavaBrotli() {}

  static byte[] decompress(byte[] data, int limit) {
    BoundedOutput out = new BoundedOutput(Faults.limit(limit));
    ByteArrayInputStream in = new ByteArrayInputStream(data);
    try (InputStream brotli = new BrotliInputStream(in)) {
      byte[] piece = new byte[PIECE];
      int made;
      // Never more than one byte beyond the limit, so that what comes first is reported.
      while ((made = brotli.read(piece, 0, (int) Math.min(PIECE, out.left() + 1L))) >= 0) {
        out.write(piece, 0, made);
      }
    } catch (IOException | IndexOutOfBoundsException | NegativeArraySizeException corrupt) {
      // It reads zeros beyond the end, and so can't tell an early end from damage.
      throw Faults.data(data.length - in.available());
    }
    if (in.available() > 0) {
      throw Faults.data(data.length - in.available());
    }
    return out.toByteArray();
  }
}
