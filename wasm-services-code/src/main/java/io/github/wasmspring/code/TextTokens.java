package io.github.wasmspring.code;

import java.util.Arrays;

/** The words of a text, and every other character that is no white space. */
final class TextTokens {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String text;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int count;

  TextTokens(String text) {
    this.text = text;
    int at = 0;
    while (at < text.length()) {
      int start = at;
      int each = text.codePointAt(at);
      at += Character.charCount(each);
      if (isSpace(each)) {
        continue;
      }
      while (isWord(each) && at < text.length() && isWord(text.codePointAt(at))) {
        at += Character.charCount(text.codePointAt(at));
      }
      add(start, at);
    }
  }

  private static boolean isSpace(int each) {
    return Character.isWhitespace(each) || Character.isSpaceChar(each) || each == BYTE_ORDER_MARK;
  }

  private static boolean isWord(int each) {
    return Character.isUnicodeIdentifierPart(each) || each == '$';
  }

  private void add(int start, int end) {
    if (this.count == this.starts.length) {
      this.starts = Arrays.copyOf(this.starts, 2 * this.count);
      this.ends = Arrays.copyOf(this.ends, 2 * this.count);
    }
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count++;
  }

  int count() {
    return this.count;
  }

  int start(int token) {
    return this.starts[token];
  }

  /** Where it has ended. */
  int end(int token) {
    return this.ends[token];
  }

  boolean sameAs(int token, TextTokens other, int otherToken) {
    int length = this.ends[token] - this.starts[token];
    return length == other.ends[otherToken] - other.starts[otherToken]
        && this.text.regionMatches(
            this.starts[token], other.text, other.starts[otherToken], length);
  }
}
