package io.github.wasmspring.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * How a date or an instant is written: {@code yyyy}, {@code MM} or {@code M}, {@code dd} or {@code
 * d}, {@code HH} or {@code H}, {@code mm} or {@code m}, {@code ss} or {@code s}, {@code S} once for
 * each digit of a fraction, {@code X} for {@code Z} or an offset, and other characters as they are,
 * letters in single quotes.
 */
final class DataTimePattern {

  static final int YEAR = 1;
  static final int MONTH = 2;
  static final int DAY = 3;
  static final int HOUR = 4;
  static final int MINUTE = 5;
  static final int SECOND = 6;
  static final int FRACTION = 7;
  static final int OFFSET = 8;
  static final int LITERAL = 9;
  static final int TIME_OF_DAY = 10;

  private static final String LETTERS = " yMdHmsSX";
  private static final int LONGEST = 100;

  private DataTimePattern() {}

  /** {@code yyyy-MM-dd}. */
  static byte[] isoDate() {
    return of("yyyy-MM-dd");
  }

  /** The same, and behind it perhaps a time of day with an offset. */
  static byte[] isoTime() {
    byte[] date = isoDate();
    byte[] both = java.util.Arrays.copyOf(date, date.length + 2);
    both[date.length] = TIME_OF_DAY;
    return both;
  }

  /**
   * Pairs of what there is, and how many digits at least or which byte.
   *
   * @throws IllegalArgumentException if it is no pattern
   */
  static byte[] of(String pattern) {
    if (pattern.length() > LONGEST) {
      throw new IllegalArgumentException("a pattern has 100 characters at most");
    }
    ByteArrayOutputStream pairs = new ByteArrayOutputStream();
    boolean quoted = false;
    int at = 0;
    while (at < pattern.length()) {
      char first = pattern.charAt(at);
      int end = at + 1;
      if (first == '\'') {
        quoted = !quoted;
      } else if (!quoted && isLetter(first)) {
        while (end < pattern.length() && pattern.charAt(end) == first) {
          end++;
        }
        field(pattern, first, end - at, pairs);
      } else {
        end = at + Character.charCount(pattern.codePointAt(at));
        for (byte each : pattern.substring(at, end).getBytes(StandardCharsets.UTF_8)) {
          pairs.write(LITERAL);
          pairs.write(each);
        }
      }
      at = end;
    }
    if (quoted) {
      throw new IllegalArgumentException("the quote in '%s' is never closed".formatted(pattern));
    }
    return pairs.toByteArray();
  }

  /**
   * @param pairs of a pattern
   */
  static boolean hasOffset(byte[] pairs) {
    for (int at = 0; at < pairs.length; at += 2) {
      if (pairs[at] == OFFSET) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLetter(char character) {
    return (character | 0x20) >= 'a' && (character | 0x20) <= 'z' && character < 0x80;
  }

  private static void field(String pattern, char letter, int count, ByteArrayOutputStream to) {
    int what = LETTERS.indexOf(letter);
    boolean known =
        switch (what) {
          case YEAR -> count == 4;
          case FRACTION -> count <= 9;
          case OFFSET -> count == 1;
          default -> what > 0 && count <= 2;
        };
    if (!known) {
      throw new IllegalArgumentException(
          "'%s' in '%s' is none of yyyy, MM, M, dd, d, HH, H, mm, m, ss, s, S to SSSSSSSSS and X"
              .formatted(String.valueOf(letter).repeat(count), pattern));
    }
    to.write(what);
    to.write(count);
  }
}
