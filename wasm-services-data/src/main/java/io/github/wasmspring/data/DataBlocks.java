package io.github.wasmspring.data;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Bytes made smaller by deflate, in the JDK's fastest way. For one thread at a time. */
final class DataBlocks implements AutoCloseable {

  /** Deflate makes no more than this of one byte, and a few bytes. */
  private static final long MOST_TIMES = 1032;

  private static final int FEWEST = 64;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final Inflater inflater = new Inflater(true);

  /**
   * @param to where the result goes, as long as {@code from} is
   * @return how long it is; the length of {@code from} if it gets no smaller, and is to be kept as
   *     it is
   */
  int compress(byte[] from, byte[] to) {
    this.deflater.reset();
    this.deflater.setInput(from);
    this.deflater.finish();
    int length = this.deflater.deflate(to);
    return this.deflater.finished() ? length : from.length;
  }

  /** Whether so many bytes can have become that few. */
  static boolean isPossible(int length, int compressed) {
    return length <= MOST_TIMES * compressed + FEWEST;
  }

  /**
   * @throws DataFormatException if it is not what {@link #compress} made of so many bytes
   */
  byte[] decompress(byte[] from, int length) throws DataFormatException {
    byte[] to = new byte[length];
    this.inflater.reset();
    this.inflater.setInput(from);
    int count = 0;
    while (count < length) {
      int more = this.inflater.inflate(to, count, length - count);
      if (more == 0) {
        throw new DataFormatException("it ends too early");
      }
      count += more;
    }
    if (this.inflater.inflate(new byte[1]) > 0 || !this.inflater.finished()) {
      throw new DataFormatException("it is longer than it says");
    }
    return to;
  }

  @Override
  public void close() {
    this.deflater.end();
    this.inflater.end();
  }
}
