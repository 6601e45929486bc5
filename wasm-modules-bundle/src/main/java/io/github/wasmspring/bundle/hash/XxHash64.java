package io.github.wasmspring.bundle.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** xxHash with 64 bits, after its specification. */
final class XxHash64 {

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private static final int STRIPE = 32;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private XxHash64() {}

  static long hash(byte[] data, long seed) {
    int at = 0;
    long hash = seed + PRIME_5;
    if (data.length >= STRIPE) {
      long a = seed + PRIME_1 + PRIME_2;
      long b = seed + PRIME_2;
      long c = seed;
      long d = seed - PRIME_1;
      for (; at <= data.length - STRIPE; at += STRIPE) {
        a = round(a, (long) LONGS.get(data, at));
        b = round(b, (long) LONGS.get(data, at + 8));
        c = round(c, (long) LONGS.get(data, at + 16));
        d = round(d, (long) LONGS.get(data, at + 24));
      }
      hash =
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      hash = merge(merge(merge(merge(hash, a), b), c), d);
    }
    return avalanche(rest(data, at, hash + data.length));
  }

  private static long round(long lane, long word) {
    return Long.rotateLeft(lane + word * PRIME_2, 31) * PRIME_1;
  }

  private static long merge(long hash, long lane) {
    return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
  }

  /** What is left behind the last whole stripe. */
  private static long rest(byte[] data, int from, long hash) {
    int at = from;
    long mixed = hash;
    for (; at <= data.length - 8; at += 8) {
      mixed ^= round(0, (long) LONGS.get(data, at));
      mixed = Long.rotateLeft(mixed, 27) * PRIME_1 + PRIME_4;
    }
    for (; at <= data.length - 4; at += 4) {
      mixed ^= Integer.toUnsignedLong((int) INTS.get(data, at)) * PRIME_1;
      mixed = Long.rotateLeft(mixed, 23) * PRIME_2 + PRIME_3;
    }
    for (; at < data.length; at++) {
      mixed ^= (data[at] & 0xff) * PRIME_5;
      mixed = Long.rotateLeft(mixed, 11) * PRIME_1;
    }
    return mixed;
  }

  private static long avalanche(long hash) {
    long mixed = (hash ^ hash >>> 33) * PRIME_2;
    mixed = (mixed ^ mixed >>> 29) * PRIME_3;
    return mixed ^ mixed >>> 32;
  }
}
