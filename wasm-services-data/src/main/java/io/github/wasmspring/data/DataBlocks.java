package io.github.wasmspring.data;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Bytes made smaller by deflate, in the JDK's fastest way. For one thread at a time. */
final class DataBlocks implements AutoCloseable {

  /** Deflate makes no more than this of one byte, and a few bytes. */
  private static final long MOST_TIMES = 1032;

  private static final int FEWEST = 64;

  /** Both take memory outside of the heap, and most runs need neither. */
  private @Nullable Deflater deflater;

  private @Nullable Inflater inflater;

  /**
   * @param to where the result goes, as long as {@code from} is
   * @return how long it is; the length of {@code from} if it gets no smaller, and is to be kept as
   *     it is
   */
  int compress(byte[] from, byte[] to) {
    Deflater used = this.deflater;
    if (used == null) {
      used = new Deflater(Deflater.BEST_SPEED, true);
      this.deflater = used;
    }
    used.reset();
    used.setInput(from);
    used.finish();
    int length = used.deflate(to);
    return used.finished() ? length : from.length;
  }

  /** Whether so many bytes can have become that few. */
  static boolean isPossible(int length, int compressed) {
    return length <= MOST_TIMES * compressed + FEWEST;
  }

  /**
   * @throws DataFormatException if it is not what {@link #compress} made of so many bytes
   */
  byte[] decompress(byte[] from, int length) throws DataFormatException {
    Inflater used = this.inflater;
    if (used == null) {
      used = new Inflater(true);
      this.inflater = used;
    }
    byte[] to = new byte[length];
    used.reset();
    used.setInput(from);
    int count = 0;
    while (count < length) {
      int more = used.inflate(to, count, length - count);
      if (more == 0) {
        throw new DataFormatException("it ends too early");
      }
      count += more;
    }
    if (used.inflate(new byte[1]) > 0 || !used.finished()) {
      throw new DataFormatException("it is longer than it says");
    }
    return to;
  }

  @Override
  public void close() {
    if (this.deflater != null) {
      this.deflater.end();
      this.deflater = null;
    }
    if (this.inflater != null) {
      this.inflater.end();
      this.inflater = null;
    }
  }
}
