package io.github.wasmspring.bundle.validation;

/** Which characters may stand where. */
final class Characters {

  private static final String MARKS = "-._~";
  private static final String DELIMITERS = "!$&'()*+,;=";

  /** Pairs of code points between which, both included, nothing may be part of a name. */
  private static final int[] REFUSED = {
    0, 0xa0, 0xad, 0xad, 0x1680, 0x1680, 0x180e, 0x180e, 0x2000, 0x200b, 0x200e, 0x200f, 0x2028,
    0x202f, 0x205f, 0x206f, 0x3000, 0x3000, 0xd800, 0xf8ff, 0xfdd0, 0xfdef, 0xfeff, 0xfeff, 0xfff0,
    0xffff, 0xe0000, 0x10ffff
  };

  private Characters() {}

  /** The byte as a number of 0 to 255, or -1 after the end. */
  static int at(byte[] text, int at) {
    return at < text.length ? text[at] & 0xff : -1;
  }

  static boolean isDigit(int octet) {
    return octet >= '0' && octet <= '9';
  }

  static boolean isLetter(int octet) {
    int lower = octet | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  static boolean isHex(int octet) {
    int lower = octet | 0x20;
    return isDigit(octet) || lower >= 'a' && lower <= 'f';
  }

  /** The unreserved characters of RFC 3986. */
  static boolean isUnreserved(int octet) {
    return isLetter(octet) || isDigit(octet) || MARKS.indexOf(octet) >= 0;
  }

  /** What RFC 3986 allows nearly everywhere: unreserved characters and sub-delims. */
  static boolean isPlain(int octet) {
    return isUnreserved(octet) || DELIMITERS.indexOf(octet) >= 0;
  }

  /** Where an octet stands first, or {@code to}. */
  static int find(byte[] text, int from, int to, char octet) {
    for (int at = from; at < to; at++) {
      if (text[at] == octet) {
        return at;
      }
    }
    return to;
  }

  static int length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /** The code point whose UTF-8 form begins there; the text is known to be UTF-8. */
  static int decode(byte[] text, int at) {
    int lead = text[at] & 0xff;
    int more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    int point = more == 0 ? lead : lead & 0x3f >> more;
    for (int next = 1; next <= more; next++) {
      point = point << 6 | text[at + next] & 0x3f;
    }
    return point;
  }

  /**
   * Whether a code point outside of ASCII may be part of a name: no control, space, mark of
   * direction or other format character but the two joiners, no private use, no non-character.
   */
  static boolean isInternational(int codePoint) {
    for (int i = 0; i < REFUSED.length; i += 2) {
      if (codePoint >= REFUSED[i] && codePoint <= REFUSED[i + 1]) {
        return false;
      }
    }
    return (codePoint & 0xfffe) != 0xfffe;
  }

  /** Whether IDNA takes a code point for a dot. */
  static boolean isOtherDot(int codePoint) {
    return codePoint == 0x3002 || codePoint == 0xff0e || codePoint == 0xff61;
  }
}
