package io.github.wasmspring;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Selects topics as the topic exchanges of AMQP 0-9-1 do. Topics and patterns are words parted by
 * dots; in a pattern {@code *} stands for exactly one word and {@code #} for any number of words,
 * none included. {@code orders.*} selects {@code orders.new}, and neither {@code orders} nor {@code
 * orders.new.eu}; {@code orders.#} selects all three.
 */
public final class WasmTopicPattern {

  /** The most characters that a topic may have. */
  public static final int MAX_LENGTH = 255;

  private static final String ONE = "*";
  private static final String ANY = "#";
  private static final Pattern PATTERN = Pattern.compile("([\\w:/-]+|[*#])(\\.([\\w:/-]+|[*#]))*");

  private final String pattern;
  private final String[] words;

  private WasmTopicPattern(String pattern) {
    this.pattern = pattern;
    this.words = words(pattern);
  }

  /**
   * @throws IllegalArgumentException if it is no pattern
   */
  public static WasmTopicPattern of(String pattern) {
    if (pattern.length() > MAX_LENGTH || !PATTERN.matcher(pattern).matches()) {
      throw new IllegalArgumentException(
          "'%s' selects no topics: a pattern is words of letters, digits and _ - : / parted by dots, where * stands for one word and # for any number, %d characters at most"
              .formatted(shortened(pattern), MAX_LENGTH));
    }
    return new WasmTopicPattern(pattern);
  }

  /** Whether messages can have this topic. */
  public static boolean isTopic(String topic) {
    if (topic.length() > MAX_LENGTH) {
      return false;
    }
    boolean inWord = false;
    for (int i = 0; i < topic.length(); i++) {
      char character = topic.charAt(i);
      if (character == '.' ? !inWord : !isOfWord(character)) {
        return false;
      }
      inWord = character != '.';
    }
    return inWord;
  }

  private static boolean isOfWord(char character) {
    return character >= 'a' && character <= 'z'
        || character >= 'A' && character <= 'Z'
        || character >= '0' && character <= '9'
        || "_-:/".indexOf(character) >= 0;
  }

  /** Whether a topic is among those that this selects. */
  public boolean matches(String topic) {
    String[] given = words(topic);
    int at = 0;
    int word = 0;
    int anyAt = -1;
    int anyWord = 0;
    while (word < given.length) {
      if (at < this.words.length && this.words[at].equals(ANY)) {
        anyAt = at++;
        anyWord = word;
      } else if (at < this.words.length
          && (this.words[at].equals(ONE) || this.words[at].equals(given[word]))) {
        at++;
        word++;
      } else if (anyAt >= 0) {
        // The last # takes one word more.
        at = anyAt + 1;
        word = ++anyWord;
      } else {
        return false;
      }
    }
    while (at < this.words.length && this.words[at].equals(ANY)) {
      at++;
    }
    return at == this.words.length;
  }

  /** Whether any of the patterns selects the topic. */
  public static boolean anyMatches(List<WasmTopicPattern> patterns, String topic) {
    for (WasmTopicPattern pattern : patterns) {
      if (pattern.matches(topic)) {
        return true;
      }
    }
    return false;
  }

  private static String[] words(String text) {
    return text.split("\\.", -1);
  }

  private static String shortened(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }

  @Override
  public String toString() {
    return this.pattern;
  }
}
