package io.github.wasmspring.internal.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a stream into one array, and no more than may be read. */
final class BoundedBytes {

  private static final int FIRST = 64 << 10;

  /** No array of the JVM is longer. */
  private static final int LONGEST = Integer.MAX_VALUE - 16;

  private BoundedBytes() {}

  /**
   * @param what is read, as the beginning of a sentence
   * @throws OversizeException as soon as it has more bytes than {@code most}
   */
  static byte[] read(InputStream stream, long most, String what) throws IOException {
    int cap = (int) Math.min(LONGEST, most);
    byte[] bytes = new byte[Math.min(cap, Math.max(FIRST, stream.available()))];
    int size = 0;
    for (; ; ) {
      size += stream.readNBytes(bytes, size, bytes.length - size);
      if (size < bytes.length) {
        return Arrays.copyOf(bytes, size);
      }
      int next = stream.read();
      if (next < 0) {
        return bytes;
      }
      if (size == cap) {
        throw new OversizeException(what, most);
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(cap, bytes.length + (bytes.length >> 1) + 1L));
      bytes[size++] = (byte) next;
    }
  }
}
