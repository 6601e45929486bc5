package io.github.wasmspring.bundle.compression;

import java.util.Arrays;

/**
 * What stands in a meta-block: commands, each with how many literals to insert and which match to
 * copy. RFC 7932, 4 and 5, has their notation.
 */
final class BrotliCommands {

  private static final int[] INSERT_BASE = {
    0, 1, 2, 3, 4, 5, 6, 8, 10, 14, 18, 26, 34, 50, 66, 98, 130, 194, 322, 578, 1090, 2114, 6210,
    22594
  };
  private static final int[] INSERT_EXTRA = {
    0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 24
  };
  private static final int[] COPY_BASE = {
    2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 18, 22, 30, 38, 54, 70, 102, 134, 198, 326, 582, 1094, 2118
  };
  private static final int[] COPY_EXTRA = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 24
  };

  /** Where the symbols begin, by an eighth of the insert code and an eighth of the copy code. */
  private static final int[][] CELL = {{128, 192, 384}, {256, 320, 512}, {448, 576, 640}};

  private static final int LITERALS = 256;
  private static final int LENGTHS = 704;
  private static final int DISTANCES = 64;

  private final byte[] data;
  private final int from;
  private final int to;
  private int[] inserts = new int[64];
  private int[] copies = new int[64];
  private int[] distances = new int[64];
  private int count;

  BrotliCommands(byte[] data, int from, int to, BrotliMatches matches) {
    this.data = data;
    this.from = from;
    this.to = to;
    parse(matches);
  }

  private void parse(BrotliMatches matches) {
    int literal = this.from;
    int at = this.from;
    while (at < this.to) {
      if (!matches.find(at, this.to)) {
        matches.add(at++);
        continue;
      }
      int length = matches.length();
      add(at - literal, length, code(matches));
      for (int end = at + length; at < end; at++) {
        matches.add(at);
      }
      literal = at;
    }
    if (literal < this.to) {
      // The copy of the last command is not read: the meta-block ends before it.
      add(this.to - literal, COPY_BASE[0], -1);
    }
  }

  /** Zero for the distance of the match before, else the distance. */
  private static int code(BrotliMatches matches) {
    int distance = matches.distance();
    boolean again = distance == matches.lastDistance();
    matches.use(distance);
    return again ? 0 : distance;
  }

  private void add(int insert, int copy, int distance) {
    if (this.count == this.inserts.length) {
      this.inserts = Arrays.copyOf(this.inserts, 2 * this.count);
      this.copies = Arrays.copyOf(this.copies, 2 * this.count);
      this.distances = Arrays.copyOf(this.distances, 2 * this.count);
    }
    this.inserts[this.count] = insert;
    this.copies[this.count] = copy;
    this.distances[this.count++] = distance;
  }

  void write(BitWriter out) {
    // One block type each, plain distances, one context mode (of no consequence), one tree each.
    out.write(0, 3 + 6 + 2 + 2);
    int[] literals = new int[LITERALS];
    int[] lengths = new int[LENGTHS];
    int[] distanceCodes = new int[DISTANCES];
    count(literals, lengths, distanceCodes);
    BrotliCode literalCode = BrotliCode.write(out, literals);
    BrotliCode lengthCode = BrotliCode.write(out, lengths);
    BrotliCode distanceCode = BrotliCode.write(out, distanceCodes);
    int at = this.from;
    for (int i = 0; i < this.count; i++) {
      lengths(out, lengthCode, i);
      for (int end = at + this.inserts[i]; at < end; at++) {
        literalCode.symbol(out, this.data[at] & 0xff);
      }
      if (this.distances[i] >= 0) {
        distance(out, distanceCode, this.distances[i]);
        at += this.copies[i];
      }
    }
  }

  private void count(int[] literals, int[] lengths, int[] distanceCodes) {
    int at = this.from;
    for (int i = 0; i < this.count; i++) {
      lengths[symbol(i)]++;
      for (int end = at + this.inserts[i]; at < end; at++) {
        literals[this.data[at] & 0xff]++;
      }
      if (this.distances[i] >= 0) {
        distanceCodes[distanceCode(this.distances[i])]++;
        at += this.copies[i];
      }
    }
  }

  private int symbol(int i) {
    int insert = code(INSERT_BASE, this.inserts[i]);
    int copy = code(COPY_BASE, this.copies[i]);
    return CELL[insert >> 3][copy >> 3] + ((insert & 7) << 3 | copy & 7);
  }

  private void lengths(BitWriter out, BrotliCode code, int i) {
    int insert = code(INSERT_BASE, this.inserts[i]);
    int copy = code(COPY_BASE, this.copies[i]);
    code.symbol(out, symbol(i));
    out.write(this.inserts[i] - INSERT_BASE[insert], INSERT_EXTRA[insert]);
    out.write(this.copies[i] - COPY_BASE[copy], COPY_EXTRA[copy]);
  }

  private static int code(int[] bases, int length) {
    int found = Arrays.binarySearch(bases, length);
    return found >= 0 ? found : -found - 2;
  }

  private static int distanceBits(int distance) {
    return 30 - Integer.numberOfLeadingZeros(distance + 3);
  }

  private static int distanceCode(int distance) {
    if (distance == 0) {
      return 0;
    }
    int bits = distanceBits(distance);
    return 14 + 2 * bits + (distance + 3 >> bits & 1);
  }

  private static void distance(BitWriter out, BrotliCode code, int distance) {
    code.symbol(out, distanceCode(distance));
    if (distance > 0) {
      int bits = distanceBits(distance);
      out.write(distance + 3 & (1 << bits) - 1, bits);
    }
  }
}
