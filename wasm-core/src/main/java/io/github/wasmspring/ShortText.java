package io.github.wasmspring;

/** Keeps what is said short, whatever it was made of. */
final class ShortText {

  private static final String CUT = " … (cut)";

  private ShortText() {}

  /** At most so many bytes of UTF-8, the note about what is missing included. */
  static String cut(String text, int most) {
    // No character has more than three bytes; those of four are two characters.
    if (text.length() <= most / 3) {
      return text;
    }
    int room = most - CUT.length() - 2;
    int bytes = 0;
    int end = -1;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      if (end < 0 && bytes + width(character) > room) {
        end = i;
      }
      bytes += width(character);
      if (bytes > most) {
        return text.substring(0, end) + CUT;
      }
      i += Character.charCount(character);
    }
    return text;
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
