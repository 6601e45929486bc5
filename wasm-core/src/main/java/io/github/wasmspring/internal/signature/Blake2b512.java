package io.github.wasmspring.internal.signature;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The hash BLAKE2b-512 without a key, which minisign signs in place of the file and the JDK does
 * not have.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7693">RFC 7693</a>
 */
final class Blake2b512 {

  private static final int BLOCK = 128;
  private static final int ROUNDS = 12;
  private static final int LENGTH = 64;

  private static final long[] IV = {
    0x6a09e667f3bcc908L,
    0xbb67ae8584caa73bL,
    0x3c6ef372fe94f82bL,
    0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L,
    0x9b05688c2b3e6c1fL,
    0x1f83d9abfb41bd6bL,
    0x5be0cd19137e2179L
  };

  /** The order of the message's words in each of ten rounds. */
  private static final byte[][] SIGMA = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}
  };

  private final long[] state = IV.clone();
  private final long[] words = new long[16];
  private final long[] v = new long[16];

  private Blake2b512() {
    this.state[0] ^= 0x01010000L ^ LENGTH;
  }

  /** 64 bytes. */
  static byte[] hash(byte[] message) {
    Blake2b512 hash = new Blake2b512();
    int done = 0;
    for (; message.length - done > BLOCK; done += BLOCK) {
      hash.compress(ByteBuffer.wrap(message, done, BLOCK), done + (long) BLOCK, false);
    }
    byte[] rest = Arrays.copyOfRange(message, done, done + BLOCK);
    hash.compress(ByteBuffer.wrap(rest), message.length, true);
    ByteBuffer result = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    for (long word : hash.state) {
      result.putLong(word);
    }
    return result.array();
  }

  /**
   * @param count the bytes of the message up to the end of the block
   */
  private void compress(ByteBuffer block, long count, boolean last) {
    block.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(this.words);
    System.arraycopy(this.state, 0, this.v, 0, 8);
    System.arraycopy(IV, 0, this.v, 8, 8);
    this.v[12] ^= count;
    if (last) {
      this.v[14] = ~this.v[14];
    }
    for (int round = 0; round < ROUNDS; round++) {
      byte[] order = SIGMA[round % SIGMA.length];
      for (int i = 0; i < 4; i++) {
        mix(i, i + 4, i + 8, i + 12, order[2 * i], order[2 * i + 1]);
      }
      for (int i = 0; i < 4; i++) {
        mix(
            i,
            (i + 1) % 4 + 4,
            (i + 2) % 4 + 8,
            (i + 3) % 4 + 12,
            order[2 * i + 8],
            order[2 * i + 9]);
      }
    }
    for (int i = 0; i < 8; i++) {
      this.state[i] ^= this.v[i] ^ this.v[i + 8];
    }
  }

  private void mix(int a, int b, int c, int d, int x, int y) {
    long[] v = this.v;
    v[a] += v[b] + this.words[x];
    v[d] = Long.rotateRight(v[d] ^ v[a], 32);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 24);
    v[a] += v[b] + this.words[y];
    v[d] = Long.rotateRight(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 63);
  }
}
