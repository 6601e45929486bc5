package io.github.wasmspring.bundle.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** xxHash with 32 bits, after its specification. */
final class XxHash32 {

  private static final int PRIME_1 = 0x9E3779B1;
  private static final int PRIME_2 = 0x85EBCA77;
  private static final int PRIME_3 = 0xC2B2AE3D;
  private static final int PRIME_4 = 0x27D4EB2F;
  private static final int PRIME_5 = 0x165667B1;

  private static final int STRIPE = 16;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private XxHash32() {}

  static int hash(byte[] data, int seed) {
    int at = 0;
    int hash = seed + PRIME_5;
    if (data.length >= STRIPE) {
      int a = seed + PRIME_1 + PRIME_2;
      int b = seed + PRIME_2;
      int c = seed;
      int d = seed - PRIME_1;
      for (; at <= data.length - STRIPE; at += STRIPE) {
        a = round(a, (int) WORDS.get(data, at));
        b = round(b, (int) WORDS.get(data, at + 4));
        c = round(c, (int) WORDS.get(data, at + 8));
        d = round(d, (int) WORDS.get(data, at + 12));
      }
      hash =
          Integer.rotateLeft(a, 1)
              + Integer.rotateLeft(b, 7)
              + Integer.rotateLeft(c, 12)
              + Integer.rotateLeft(d, 18);
    }
    return avalanche(rest(data, at, hash + data.length));
  }

  private static int round(int lane, int word) {
    return Integer.rotateLeft(lane + word * PRIME_2, 13) * PRIME_1;
  }

  /** What is left behind the last whole stripe. */
  private static int rest(byte[] data, int from, int hash) {
    int at = from;
    int mixed = hash;
    for (; at <= data.length - 4; at += 4) {
      mixed = Integer.rotateLeft(mixed + (int) WORDS.get(data, at) * PRIME_3, 17) * PRIME_4;
    }
    for (; at < data.length; at++) {
      mixed = Integer.rotateLeft(mixed + (data[at] & 0xff) * PRIME_5, 11) * PRIME_1;
    }
    return mixed;
  }

  private static int avalanche(int hash) {
    int mixed = (hash ^ hash >>> 15) * PRIME_2;
    mixed = (mixed ^ mixed >>> 13) * PRIME_3;
    return mixed ^ mixed >>> 16;
  }
}
