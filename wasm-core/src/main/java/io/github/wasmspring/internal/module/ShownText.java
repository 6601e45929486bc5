package io.github.wasmspring.internal.module;

/** What somebody else has written, for messages: short, and on the line that it is put in. */
public final class ShownText {

  private static final int LONGEST = 200;

  private ShownText() {}

  public static String of(String text) {
    return of(text, LONGEST);
  }

  /**
   * @param longest how many characters there may be before the rest is cut off
   */
  public static String of(String text, int longest) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .map(each -> isVisible(each) ? each : '\uFFFD')
        .forEach(shown::appendCodePoint);
    return text.codePointCount(0, text.length()) > longest
        ? shown.append('…').toString()
        : shown.toString();
  }

  /** Whether that is so for all characters of a text; without a stream, as calls ask for it. */
  public static boolean isVisible(String text) {
    for (int i = 0, character; i < text.length(); i += Character.charCount(character)) {
      character = text.codePointAt(i);
      if (!isVisible(character)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a character neither ends a line nor hides in one. */
  public static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
