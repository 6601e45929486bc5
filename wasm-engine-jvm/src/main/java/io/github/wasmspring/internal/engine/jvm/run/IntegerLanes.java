package io.github.wasmspring.internal.engine.jvm.run;

/**
 * Instructions on vectors of integers, on one half of 64 bits each: the lanes of a half are worked
 * on at once, by arithmetic on {@code long}s whose carries stay inside of lanes. Public for
 * generated code, not for applications.
 *
 * <p>The last parameter is what the lanes are: their sign bits. Comparisons give lanes of ones.
 */
public final class IntegerLanes {

  private IntegerLanes() {}

  /** How far a lane's sign bit is from its lowest one. */
  private static int distance(long signs) {
    return Long.numberOfTrailingZeros(signs);
  }

  /** The lowest bit of each lane. */
  private static long ones(long signs) {
    return signs >>> distance(signs);
  }

  /** Fills lanes whose sign bits are given. */
  private static long fill(long signs, long lanes) {
    return (lanes << 1) - (lanes >>> distance(signs));
  }

  /** Of each bit the first value where a mask has a one, else the second. */
  static long choose(long mask, long a, long b) {
    return b ^ (a ^ b) & mask;
  }

  public static long add(long a, long b, long signs) {
    return (a & ~signs) + (b & ~signs) ^ (a ^ b) & signs;
  }

  public static long sub(long a, long b, long signs) {
    return (a | signs) - (b & ~signs) ^ (a ^ ~b) & signs;
  }

  public static long neg(long a, long signs) {
    return sub(0, a, signs);
  }

  public static long abs(long a, long signs) {
    long negative = fill(signs, a & signs);
    return sub(a ^ negative, negative, signs);
  }

  /** The sign bits of lanes that are not zero. */
  private static long nonZero(long a, long signs) {
    return ((a & ~signs) + ~signs | a) & signs;
  }

  public static long ne(long a, long b, long signs) {
    return fill(signs, nonZero(a ^ b, signs));
  }

  public static long eq(long a, long b, long signs) {
    return ~ne(a, b, signs);
  }

  public static int anyTrue(long low, long high) {
    return (low | high) != 0 ? 1 : 0;
  }

  public static int allTrue(long a, long signs) {
    return nonZero(a, signs) == signs ? 1 : 0;
  }

  public static long ltU(long a, long b, long signs) {
    long borrows = (~a & b | (~a | b) & sub(a, b, signs)) & signs;
    return fill(signs, borrows);
  }

  public static long ltS(long a, long b, long signs) {
    return ltU(a ^ signs, b ^ signs, signs);
  }

  public static long gtU(long a, long b, long signs) {
    return ltU(b, a, signs);
  }

  public static long gtS(long a, long b, long signs) {
    return ltS(b, a, signs);
  }

  public static long leU(long a, long b, long signs) {
    return ~ltU(b, a, signs);
  }

  public static long leS(long a, long b, long signs) {
    return ~ltS(b, a, signs);
  }

  public static long geU(long a, long b, long signs) {
    return ~ltU(a, b, signs);
  }

  public static long geS(long a, long b, long signs) {
    return ~ltS(a, b, signs);
  }

  public static long minU(long a, long b, long signs) {
    return choose(ltU(a, b, signs), a, b);
  }

  public static long minS(long a, long b, long signs) {
    return choose(ltS(a, b, signs), a, b);
  }

  public static long maxU(long a, long b, long signs) {
    return choose(ltU(a, b, signs), b, a);
  }

  public static long maxS(long a, long b, long signs) {
    return choose(ltS(a, b, signs), b, a);
  }

  public static long addSatU(long a, long b, long signs) {
    long sum = add(a, b, signs);
    return sum | fill(signs, (a & b | (a | b) & ~sum) & signs);
  }

  public static long subSatU(long a, long b, long signs) {
    return sub(a, b, signs) & ~ltU(a, b, signs);
  }

  /** What a lane saturates to that has the sign of {@code a}. */
  private static long extreme(long a, long signs) {
    return ~signs + ((a & signs) >>> distance(signs));
  }

  public static long addSatS(long a, long b, long signs) {
    long sum = add(a, b, signs);
    long overflown = fill(signs, (a ^ sum) & (b ^ sum) & signs);
    return choose(overflown, extreme(a, signs), sum);
  }

  public static long subSatS(long a, long b, long signs) {
    long difference = sub(a, b, signs);
    long overflown = fill(signs, (a ^ b) & (a ^ difference) & signs);
    return choose(overflown, extreme(a, signs), difference);
  }

  public static long avgrU(long a, long b, long signs) {
    return (a | b) - ((a ^ b) >>> 1 & ~signs);
  }

  /** The bits that are left of a lane of ones which is shifted to the right. */
  private static long kept(int count, long signs) {
    return ones(signs) * ((2L << distance(signs) - count) - 1);
  }

  public static long shl(long a, int count, long signs) {
    int by = count & distance(signs);
    return (a & kept(by, signs)) << by;
  }

  public static long shrU(long a, int count, long signs) {
    int by = count & distance(signs);
    return a >>> by & kept(by, signs);
  }

  public static long shrS(long a, int count, long signs) {
    int by = count & distance(signs);
    long kept = kept(by, signs);
    return a >>> by & kept | fill(signs, a & signs) & ~kept;
  }

  public static long popcnt(long a) {
    long pairs = a - (a >>> 1 & 0x5555555555555555L);
    long fours = (pairs & 0x3333333333333333L) + (pairs >>> 2 & 0x3333333333333333L);
    return fours + (fours >>> 4) & 0x0f0f0f0f0f0f0f0fL;
  }

  public static int bitmask8(long a) {
    return (int) ((a >>> 7 & 0x0101010101010101L) * 0x0102040810204080L >>> 56);
  }

  public static int bitmask16(long a) {
    return (int) ((a >>> 15 & 0x0001000100010001L) * 0x1000200040008000L >>> 60);
  }

  public static int bitmask32(long a) {
    return (int) (a >>> 31 & 1 | a >>> 62 & 2);
  }

  public static int bitmask64(long a) {
    return (int) (a >>> 63);
  }
}
