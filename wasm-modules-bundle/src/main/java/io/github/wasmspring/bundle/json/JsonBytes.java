package io.github.wasmspring.bundle.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looking at a source, byte by byte and eight bytes at a time. */
final class JsonBytes {

  /** What {@link #peek} answers at the end of the source: greater than any byte. */
  static final int END = 0x100;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long SPACES = 0x2020_2020_2020_2020L;

  private JsonBytes() {}

  static int peek(byte[] source, int at) {
    return at < source.length ? source[at] & 0xff : END;
  }

  /** The first position from {@code at} on that holds no white space. */
  static int skipSpace(byte[] source, int at) {
    int next = at;
    while (true) {
      switch (peek(source, next)) {
        case ' ', '\n', '\r', '\t' -> next++;
        default -> {
          return next;
        }
      }
    }
  }

  /**
   * The first position from {@code at} on that ends a run of plain characters inside a string: a
   * quote, a backslash, a control character, a byte above ASCII, or the end.
   *
   * <p>The arithmetic marks such bytes in their high bit. A borrow can mark a byte wrongly only
   * above one that is marked rightly, so the lowest mark is always true.
   */
  static int skipPlain(byte[] source, int at) {
    int next = at;
    while (next + 8 <= source.length) {
      long word = (long) LONGS.get(source, next);
      long quote = word ^ ONES * '"';
      long slash = word ^ ONES * '\\';
      long marks =
          ((quote - ONES & ~quote) | (slash - ONES & ~slash) | (word - SPACES) | word) & HIGHS;
      if (marks != 0) {
        return next + (Long.numberOfTrailingZeros(marks) >> 3);
      }
      next += 8;
    }
    while (isPlain(peek(source, next))) {
      next++;
    }
    return next;
  }

  private static boolean isPlain(int value) {
    return value >= 0x20 && value < 0x80 && value != '"' && value != '\\';
  }

  /** The length of the UTF-8 sequence at {@code at}, or zero where there is no valid one. */
  static int sequence(byte[] source, int at) {
    int first = peek(source, at);
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    int second = peek(source, at + 1);
    if (second < low || second > high) {
      return 0;
    }
    for (int next = 2; next < length; next++) {
      if ((peek(source, at + next) & 0x1c0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** The code point of the valid UTF-8 sequence at {@code at}. */
  static int codePoint(byte[] source, int at) {
    int length = sequence(source, at);
    int first = peek(source, at);
    if (length < 2) {
      return first;
    }
    int point = first & 0x7f >> length;
    for (int next = 1; next < length; next++) {
      point = point << 6 | peek(source, at + next) & 0x3f;
    }
    return point;
  }

  /** Three where the source begins with a byte order mark, else zero. */
  static int byteOrderMark(byte[] source) {
    boolean present = peek(source, 0) == 0xef && peek(source, 1) == 0xbb && peek(source, 2) == 0xbf;
    return present ? 3 : 0;
  }
}
