package io.github.wasmspring.bundle.compression;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Finds where bytes have been before, with chains of positions that have the same hash. */
final class BrotliMatches {

  static final int SHORTEST = 4;

  private static final int HASH_BITS = 15;
  private static final int WINDOW = 1 << 22;
  private static final int FARTHEST = WINDOW - 16;
  private static final int GOOD_ENOUGH = 1 << 10;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] data;
  private final int tries;
  private final int[] newest = new int[1 << HASH_BITS];
  private final int[] older;
  private int lastDistance = 4;
  private int distance;
  private int length;

  BrotliMatches(byte[] data, int tries) {
    this.data = data;
    this.tries = tries;
    this.older = new int[Math.min(WINDOW, Integer.highestOneBit(data.length | 1) * 2)];
    Arrays.fill(this.newest, -1);
  }

  /** Of the match that was written last; the format begins with 4. */
  int lastDistance() {
    return this.lastDistance;
  }

  void use(int distance) {
    this.lastDistance = distance;
  }

  /** The matches since then are not written after all. */
  void forgetDistance(int before) {
    this.lastDistance = before;
  }

  int distance() {
    return this.distance;
  }

  int length() {
    return this.length;
  }

  /**
   * Looks for the longest match of what begins at {@code at} and ends before {@code end}.
   *
   * @return whether {@link #distance()} and {@link #length()} have one
   */
  boolean find(int at, int end) {
    this.length = SHORTEST - 1;
    if (end - at < SHORTEST) {
      return false;
    }
    int candidate = this.newest[hash(at)];
    for (int i = 0; i < this.tries && near(candidate, at); i++) {
      int same = common(candidate, at, end);
      if (same > this.length) {
        this.length = same;
        this.distance = at - candidate;
        if (same >= GOOD_ENOUGH) {
          break;
        }
      }
      int next = this.older[candidate & this.older.length - 1];
      candidate = next < candidate ? next : -1;
    }
    return this.length >= SHORTEST;
  }

  private static boolean near(int candidate, int at) {
    return candidate >= 0 && at - candidate <= FARTHEST;
  }

  private int common(int a, int b, int end) {
    int different = Arrays.mismatch(this.data, a, a + end - b, this.data, b, end);
    return different < 0 ? end - b : different;
  }

  /** Makes what begins at {@code at} findable. */
  void add(int at) {
    if (at + SHORTEST <= this.data.length) {
      int hash = hash(at);
      this.older[at & this.older.length - 1] = this.newest[hash];
      this.newest[hash] = at;
    }
  }

  private int hash(int at) {
    return (int) WORD.get(this.data, at) * 0x9E3779B1 >>> 32 - HASH_BITS;
  }
}
