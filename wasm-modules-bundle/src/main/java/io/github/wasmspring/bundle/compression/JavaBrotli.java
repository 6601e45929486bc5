package io.github.wasmspring.bundle.compression;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.brotli.dec.BrotliInputStream;

/** Decodes with Google's decoder in Java. */
final class JavaBrotli {

  private static final int PIECE = 16 * 1024;

  /** How far behind the limit damage is looked for, as the module does it. */
  private static final int LOOK_AHEAD = 16 << 20;

  private JavaBrotli() {}

  static byte[] decompress(byte[] data, int limit) {
    BoundedOutput out = new BoundedOutput(Faults.limit(limit));
    ByteArrayInputStream in = new ByteArrayInputStream(data);
    long beyond = 0;
    try (InputStream brotli = new BrotliInputStream(in)) {
      byte[] piece = new byte[PIECE];
      int made;
      while (beyond <= LOOK_AHEAD && (made = brotli.read(piece, 0, PIECE)) >= 0) {
        int fitting = Math.min(made, out.left());
        out.write(piece, 0, fitting);
        beyond += made - fitting;
      }
    } catch (IOException | IndexOutOfBoundsException | NegativeArraySizeException corrupt) {
      // It reads zeros beyond the end, and so can't tell an early end from damage.
      throw Faults.data(data.length - in.available());
    }
    if (beyond <= LOOK_AHEAD && in.available() > 0) {
      throw Faults.data(data.length - in.available());
    }
    if (beyond > 0) {
      throw Faults.limit();
    }
    return out.toByteArray();
  }
}
