package io.github.wasmspring;

import java.nio.charset.StandardCharsets;

/** Keeps what is said short, whatever it was made of. */
final class ShortText {

  private static final String CUT = " … (cut) … ";
  private static final int CUT_BYTES = CUT.getBytes(StandardCharsets.UTF_8).length;

  private ShortText() {}

  /**
   * At most so many bytes of UTF-8, the note that something is missing included. It is missing in
   * the middle, for a message begins with what happened and ends with what to do about it.
   */
  static String cut(String text, int most) {
    // No character has more than three bytes; those of four are two characters.
    if (text.length() <= most / 3 || bytes(text) <= most) {
      return text;
    }
    int end = most / 4;
    return text.substring(0, first(text, most - CUT_BYTES - end))
        + CUT
        + text.substring(last(text, end));
  }

  private static long bytes(String text) {
    return text.codePoints().mapToLong(ShortText::width).sum();
  }

  /** Where the first so many bytes end. */
  private static int first(String text, int most) {
    int index = 0;
    for (int left = most;
        index < text.length();
        index += Character.charCount(text.codePointAt(index))) {
      left -= width(text.codePointAt(index));
      if (left < 0) {
        break;
      }
    }
    return index;
  }

  /** Where the last so many bytes begin. */
  private static int last(String text, int most) {
    int index = text.length();
    for (int left = most; index > 0; index -= Character.charCount(text.codePointBefore(index))) {
      left -= width(text.codePointBefore(index));
      if (left < 0) {
        break;
      }
    }
    return index;
  }

  private static int width(int character) {
    return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  }

  /** A name without anything that would break a line or hide in it. */
  static String name(String text, int most) {
    StringBuilder name = new StringBuilder();
    text.codePoints()
        .limit(most)
        .map(each -> isVisible(each) ? each : '_')
        .forEach(name::appendCodePoint);
    return name.toString();
  }

  /** Lines of text, without characters that do something to a terminal or a log. */
  static String lines(String text) {
    return text.chars().allMatch(ShortText::isText)
        ? text
        : text.chars()
            .map(each -> isText(each) ? each : '\uFFFD')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean isText(int character) {
    return character == '\n' || character == '\t' || !Character.isISOControl(character);
  }

  private static boolean isVisible(int character) {
    return !Character.isISOControl(character)
        && !Character.isWhitespace(character)
        && !Character.isSpaceChar(character)
        && Character.getType(character) != Character.FORMAT
        && Character.getType(character) != Character.SURROGATE;
  }
}
