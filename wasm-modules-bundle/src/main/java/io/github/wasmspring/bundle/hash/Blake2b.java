package io.github.wasmspring.bundle.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** BLAKE2b with 512 bits and without a key, after RFC 7693. */
final class Blake2b {

  private static final int BLOCK = 128;
  private static final int ROUNDS = 12;

  /** 64 bytes of digest, no key, one leaf. */
  private static final long PARAMETERS = 0x01010040;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long[] START = {
    0x6A09E667F3BCC908L, 0xBB67AE8584CAA73BL, 0x3C6EF372FE94F82BL, 0xA54FF53A5F1D36F1L,
    0x510E527FADE682D1L, 0x9B05688C2B3E6C1FL, 0x1F83D9ABFB41BD6BL, 0x5BE0CD19137E2179L
  };

  /** In which order a round takes the words of a block. */
  private static final byte[][] ORDER = {
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

  private final long[] state = START.clone();
  private final long[] work = new long[16];
  private final long[] words = new long[16];

  private Blake2b() {
    this.state[0] ^= PARAMETERS;
  }

  static byte[] hash(byte[] data) {
    Blake2b blake2b = new Blake2b();
    int at = 0;
    // The last block is marked as such, and may be a full one.
    for (; data.length - at > BLOCK; at += BLOCK) {
      blake2b.compress(data, at, at + BLOCK, false);
    }
    byte[] last = Arrays.copyOf(Arrays.copyOfRange(data, at, data.length), BLOCK);
    blake2b.compress(last, 0, data.length, true);
    byte[] digest = new byte[64];
    for (int i = 0; i < 8; i++) {
      WORDS.set(digest, 8 * i, blake2b.state[i]);
    }
    return digest;
  }

  /**
   * @param taken the bytes up to the end of this block
   */
  private void compress(byte[] data, int at, long taken, boolean last) {
    for (int i = 0; i < 16; i++) {
      this.words[i] = (long) WORDS.get(data, at + 8 * i);
    }
    System.arraycopy(this.state, 0, this.work, 0, 8);
    System.arraycopy(START, 0, this.work, 8, 8);
    this.work[12] ^= taken;
    this.work[14] ^= last ? -1 : 0;
    for (int round = 0; round < ROUNDS; round++) {
      mixAll(ORDER[round % ORDER.length]);
    }
    for (int i = 0; i < 8; i++) {
      this.state[i] ^= this.work[i] ^ this.work[i + 8];
    }
  }

  private void mixAll(byte[] order) {
    for (int i = 0; i < 4; i++) {
      mix(i, i + 4, i + 8, i + 12, this.words[order[2 * i]], this.words[order[2 * i + 1]]);
    }
    for (int i = 0; i < 4; i++) {
      mix(
          i,
          (i + 1) % 4 + 4,
          (i + 2) % 4 + 8,
          (i + 3) % 4 + 12,
          this.words[order[2 * i + 8]],
          this.words[order[2 * i + 9]]);
    }
  }

  private void mix(int a, int b, int c, int d, long x, long y) {
    long[] v = this.work;
    v[a] += v[b] + x;
    v[d] = Long.rotateRight(v[d] ^ v[a], 32);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 24);
    v[a] += v[b] + y;
    v[d] = Long.rotateRight(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 63);
  }
}
