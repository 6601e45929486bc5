package io.github.wasmspring.bundle.json;

import static io.github.wasmspring.bundle.json.JsonBytes.peek;

/** Reads the content of a string lexeme that holds escapes. */
final class JsonUnescaper {

  private static final String HEX = "0123456789abcdef";

  private final byte[] source;
  private final int to;
  private final boolean json;
  private final ByteOutput out;
  private int at;

  private JsonUnescaper(byte[] source, int from, int to, boolean json, ByteOutput out) {
    this.source = source;
    this.at = from;
    this.to = to;
    this.json = json;
    this.out = out;
  }

  /**
   * Appends the inside of a JSON string with the same content and no more escapes than needed.
   *
   * @param from behind the opening quote
   * @param to at the closing quote
   */
  static void normalize(byte[] source, int from, int to, ByteOutput out) {
    new JsonUnescaper(source, from, to, true, out).run();
  }

  /**
   * The content itself; half of a surrogate pair as the three bytes that its number would take in
   * UTF-8, so that the order of bytes remains the order of code points.
   */
  static byte[] decode(byte[] source, int from, int to) {
    ByteOutput out = new ByteOutput(to - from);
    new JsonUnescaper(source, from, to, false, out).run();
    return out.toByteArray();
  }

  private void run() {
    while (at < to) {
      int plain = at;
      while (plain < to && source[plain] != '\\') {
        plain++;
      }
      out.write(source, at, plain);
      at = plain + 1;
      if (plain < to) {
        int point = point();
        if (json) {
          writeEscaped(point);
        } else {
          writeRaw(point);
        }
      }
    }
  }

  /** Reads the code point of the escape behind a backslash. */
  private int point() {
    int escape = source[at++];
    return switch (escape) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> surrogates();
      default -> escape;
    };
  }

  private int surrogates() {
    char first = unit();
    if (Character.isHighSurrogate(first)
        && to - at >= 6
        && source[at] == '\\'
        && source[at + 1] == 'u') {
      int behindFirst = at;
      at += 2;
      char second = unit();
      if (Character.isLowSurrogate(second)) {
        return Character.toCodePoint(first, second);
      }
      at = behindFirst;
    }
    return first;
  }

  private char unit() {
    int unit = 0;
    for (int end = at + 4; at < end; at++) {
      unit = unit << 4 | Character.digit((char) peek(source, at), 16);
    }
    return (char) unit;
  }

  private void writeEscaped(int point) {
    switch (point) {
      case '"', '\\' -> writeShort(point);
      case '\b' -> writeShort('b');
      case '\f' -> writeShort('f');
      case '\n' -> writeShort('n');
      case '\r' -> writeShort('r');
      case '\t' -> writeShort('t');
      default -> {
        if (point < 0x20 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
          writeUnit(point);
        } else {
          writeRaw(point);
        }
      }
    }
  }

  private void writeShort(int letter) {
    out.write('\\');
    out.write(letter);
  }

  private void writeUnit(int point) {
    writeShort('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.write(HEX.charAt(point >> shift & 15));
    }
  }

  private void writeRaw(int point) {
    if (point < 0x80) {
      out.write(point);
    } else if (point < 0x800) {
      out.write(0xc0 | point >> 6);
      writeTail(point);
    } else if (point < 0x10000) {
      out.write(0xe0 | point >> 12);
      writeTail(point >> 6);
      writeTail(point);
    } else {
      out.write(0xf0 | point >> 18);
      writeTail(point >> 12);
      writeTail(point >> 6);
      writeTail(point);
    }
  }

  private void writeTail(int point) {
    out.write(0x80 | point & 0x3f);
  }
}
