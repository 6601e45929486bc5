package io.github.wasmspring.data;

/** Texts by code points, as the module sees them. */
final class JavaTexts {

  private static final long LONG_SEARCH = 1 << 16;

  private JavaTexts() {}

  static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int at = 0; at < length; at++) {
      char a = left.charAt(at);
      char b = right.charAt(at);
      if (a != b) {
        // Halves of characters from U+10000 on are above all others.
        boolean above = Character.isSurrogate(a);
        return above == Character.isSurrogate(b) ? a - b : above ? 1 : -1;
      }
    }
    return left.length() - right.length();
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Characters below U+10000 as the JDK maps each of them, others as they are. */
  static String changeCase(String text, boolean upper) {
    char[] characters = text.toCharArray();
    for (int at = 0; at < characters.length; at++) {
      characters[at] = changeCase(characters[at], upper);
    }
    return new String(characters);
  }

  static char changeCase(char character, boolean upper) {
    return upper ? Character.toUpperCase(character) : Character.toLowerCase(character);
  }

  /** 1 for the beginning, 2 for the end, 3 for both. */
  static String trim(String text, int sides) {
    int from = 0;
    int to = text.length();
    while ((sides & 1) != 0 && from < to && text.charAt(from) <= ' ') {
      from++;
    }
    while ((sides & 2) != 0 && from < to && text.charAt(to - 1) <= ' ') {
      to--;
    }
    return text.substring(from, to);
  }

  static String part(String text, long begin, long length) {
    long count = Math.max(0, length);
    long end = begin > 0 && count > Long.MAX_VALUE - begin ? Long.MAX_VALUE : begin + count;
    int from = skip(text, Math.max(begin, 1) - 1);
    int to = skip(text, Math.max(end, 1) - 1);
    return text.substring(from, Math.max(from, to));
  }

  private static int skip(String text, long characters) {
    int length = length(text);
    return characters >= length ? text.length() : text.offsetByCodePoints(0, (int) characters);
  }

  static String replace(String text, String what, String by) {
    if (what.isEmpty()) {
      return text;
    }
    long size = text.length();
    for (int at = position(text, what, 0); at >= 0; at = position(text, what, at + what.length())) {
      size += by.length() - what.length();
    }
    if (size > JavaVector.MOST_CHARACTERS) {
      throw DataMemory.chunk();
    }
    StringBuilder replaced = new StringBuilder((int) size);
    int from = 0;
    for (int at = position(text, what, 0); at >= 0; at = position(text, what, from)) {
      replaced.append(text, from, at).append(by);
      from = at + what.length();
    }
    return replaced.append(text, from, text.length()).toString();
  }

  /** Where a part begins, -1 if it is nowhere. Linear, while {@code indexOf} is only for most. */
  private static int position(String text, String part, int from) {
    if ((long) (text.length() - from) * part.length() < LONG_SEARCH) {
      return text.indexOf(part, from);
    }
    int[] borders = borders(part);
    int fitting = 0;
    for (int at = from; at < text.length(); at++) {
      while (fitting > 0 && text.charAt(at) != part.charAt(fitting)) {
        fitting = borders[fitting - 1];
      }
      if (text.charAt(at) == part.charAt(fitting) && ++fitting == part.length()) {
        return at + 1 - fitting;
      }
    }
    return -1;
  }

  /** For each beginning of a text the longest shorter one that it ends with. */
  private static int[] borders(String part) {
    int[] borders = new int[part.length()];
    int border = 0;
    for (int at = 1; at < borders.length; at++) {
      while (border > 0 && part.charAt(at) != part.charAt(border)) {
        border = borders[border - 1];
      }
      if (part.charAt(at) == part.charAt(border)) {
        border++;
      }
      borders[at] = border;
    }
    return borders;
  }

  static boolean find(String text, String part, int where) {
    return switch (where) {
      case 0 -> position(text, part, 0) >= 0;
      case 1 -> text.startsWith(part);
      default -> text.endsWith(part);
    };
  }

  static boolean like(String text, String pattern) {
    return pattern.indexOf('_') >= 0 ? likeOneByOne(text, pattern) : likeParts(text, pattern);
  }

  /** The parts between {@code %}, each as early as it can be: linear, whatever the texts are. */
  private static boolean likeParts(String text, String pattern) {
    int last = pattern.lastIndexOf('%');
    if (last < 0) {
      return text.equals(pattern);
    }
    int first = pattern.indexOf('%');
    if (!text.startsWith(pattern.substring(0, first))) {
      return false;
    }
    int at = first;
    for (int from = first; from < last; ) {
      int end = pattern.indexOf('%', from + 1);
      String part = pattern.substring(from + 1, end);
      int found = position(text, part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length();
      from = end;
    }
    String end = pattern.substring(last + 1);
    return text.length() - at >= end.length() && text.endsWith(end);
  }

  private static boolean likeOneByOne(String text, String pattern) {
    int[] characters = text.codePoints().toArray();
    int[] wanted = pattern.codePoints().toArray();
    int at = 0;
    int place = 0;
    int again = -1;
    int behind = 0;
    while (at < characters.length) {
      if (place < wanted.length && wanted[place] == '%') {
        again = at;
        behind = ++place;
      } else if (place < wanted.length
          && (wanted[place] == '_' || wanted[place] == characters[at])) {
        place++;
        at++;
      } else if (again >= 0) {
        at = ++again;
        place = behind;
      } else {
        return false;
      }
    }
    while (place < wanted.length && wanted[place] == '%') {
      place++;
    }
    return place == wanted.length;
  }
}
