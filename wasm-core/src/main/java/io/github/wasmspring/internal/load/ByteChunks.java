package io.github.wasmspring.internal.load;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Bytes of which nobody knew how many would come: never copied when there are more. */
final class ByteChunks {

  private static final int CHUNK = 64 << 10;

  private final List<byte[]> chunks = new ArrayList<>();

  /** In the last chunk. */
  private int filled = CHUNK;

  private long size;

  long size() {
    return this.size;
  }

  void add(ByteBuffer bytes) {
    this.size += bytes.remaining();
    while (bytes.hasRemaining()) {
      if (this.filled == CHUNK) {
        this.chunks.add(new byte[CHUNK]);
        this.filled = 0;
      }
      int count = Math.min(bytes.remaining(), CHUNK - this.filled);
      bytes.get(this.chunks.get(this.chunks.size() - 1), this.filled, count);
      this.filled += count;
    }
  }

  void digest(MessageDigest digest) {
    for (int i = 0; i < this.chunks.size(); i++) {
      digest.update(this.chunks.get(i), 0, length(i));
    }
  }

  private int length(int chunk) {
    return chunk == this.chunks.size() - 1 ? this.filled : CHUNK;
  }

  /**
   * All bytes from the first on.
   *
   * @param letGo whether what was read is let go of, so that nobody can read it again
   */
  InputStream stream(boolean letGo) {
    return new ChunkStream(letGo);
  }

  private final class ChunkStream extends InputStream {

    private final boolean letGo;
    private int chunk;
    private int position;
    private long left = ByteChunks.this.size;

    ChunkStream(boolean letGo) {
      this.letGo = letGo;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      if (length == 0) {
        return 0;
      }
      if (this.left == 0) {
        return -1;
      }
      int count = Math.min(length, length(this.chunk) - this.position);
      System.arraycopy(ByteChunks.this.chunks.get(this.chunk), this.position, bytes, offset, count);
      this.position += count;
      this.left -= count;
      if (this.position == length(this.chunk)) {
        if (this.letGo) {
          ByteChunks.this.chunks.set(this.chunk, new byte[0]);
        }
        this.chunk++;
        this.position = 0;
      }
      return count;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, this.left);
    }
  }
}
