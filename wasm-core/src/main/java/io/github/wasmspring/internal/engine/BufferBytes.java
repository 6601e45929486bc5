package io.github.wasmspring.internal.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What {@link java.util.Arrays} does, for buffers outside of the heap. */
public final class BufferBytes {

  private static final int CHUNK = 4096;
  private static final byte[] ZEROS = new byte[CHUNK];
  private static final ByteBuffer ZERO_BUFFER = ByteBuffer.wrap(ZEROS).asReadOnlyBuffer();

  private BufferBytes() {}

  public static void fill(ByteBuffer buffer, int from, int to, byte value) {
    byte[] chunk = ZEROS;
    if (value != 0) {
      chunk = new byte[Math.min(CHUNK, to - from)];
      Arrays.fill(chunk, value);
    }
    for (int at = from; at < to; at += chunk.length) {
      buffer.put(at, chunk, 0, Math.min(chunk.length, to - at));
    }
  }

  public static boolean isZero(ByteBuffer buffer, int from, int length) {
    for (int at = 0; at < length; at += CHUNK) {
      int count = Math.min(CHUNK, length - at);
      if (!buffer.slice(from + at, count).equals(ZERO_BUFFER.slice(0, count))) {
        return false;
      }
    }
    return true;
  }
}
