package io.github.wasmspring.bundle.validation;

import io.github.wasmspring.WasmOperationException;
import java.math.BigInteger;

/** Reads a pattern of ECMA-262, code point by code point. */
final class JavaSchemaPatternReader {

  static final int END = -1;

  private static final BigInteger MOST = BigInteger.valueOf(Integer.MAX_VALUE - 1);

  private final String pattern;
  private int at;

  JavaSchemaPatternReader(String pattern) {
    this.pattern = pattern;
  }

  boolean atEnd() {
    return this.at >= this.pattern.length();
  }

  int peek() {
    return atEnd() ? END : this.pattern.codePointAt(this.at);
  }

  int next() {
    int point = peek();
    this.at += atEnd() ? 0 : Character.charCount(point);
    return point;
  }

  /** Goes behind the first of the texts that stands here; answers it, or the empty text. */
  String take(String... texts) {
    for (String text : texts) {
      if (this.pattern.startsWith(text, this.at)) {
        this.at += text.length();
        return text;
      }
    }
    return "";
  }

  /** Whether a text stands behind the next character. */
  boolean followedBy(String text) {
    return !atEnd() && this.pattern.startsWith(text, this.at + Character.charCount(peek()));
  }

  void groupName() {
    int end = this.pattern.indexOf('>', this.at);
    if (take("<").isEmpty()) {
      throw malformed("an unknown kind of group");
    }
    if (end <= this.at) {
      throw malformed("the name of a group is missing or does not end");
    }
    this.at = end + 1;
  }

  /** The rest of a quantifier that begins with a brace. */
  String counts() {
    String least = digits();
    String most = least;
    String comma = take(",");
    if (!comma.isEmpty()) {
      most = digits();
    }
    boolean ordered =
        most.isEmpty() || new BigInteger(most).compareTo(new BigInteger("0" + least)) >= 0;
    if (least.isEmpty() || !ordered || take("}").isEmpty()) {
      throw malformed("a quantifier");
    }
    return "{" + capped(least) + comma + (comma.isEmpty() ? "" : capped(most)) + "}";
  }

  private static String capped(String count) {
    return count.isEmpty() ? "" : new BigInteger(count).min(MOST).toString();
  }

  private String digits() {
    int start = this.at;
    while (peek() >= '0' && peek() <= '9') {
      this.at++;
    }
    return this.pattern.substring(start, this.at);
  }

  /** The number of so many hexadecimal digits. */
  int hex(int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      int digit = Character.digit(peek() < 0x80 ? next() : END, 16);
      if (digit < 0) {
        throw malformed("a hexadecimal digit is missing");
      }
      number = number << 4 | digit;
    }
    return number;
  }

  /** What stands behind {@code \\u}. */
  int unicode() {
    if (!take("{").isEmpty()) {
      int number = 0;
      while (take("}").isEmpty()) {
        number = number << 4 | hex(1);
        if (number > Character.MAX_CODE_POINT) {
          throw malformed("a code point above 10FFFF");
        }
      }
      return number;
    }
    int first = hex(4);
    int before = this.at;
    if (Character.isHighSurrogate((char) first) && !take("\\u").isEmpty() && peek() != '{') {
      int second = hex(4);
      if (Character.isLowSurrogate((char) second)) {
        return Character.toCodePoint((char) first, (char) second);
      }
    }
    this.at = before;
    return first;
  }

  static String literal(int point) {
    return "\\x{" + Integer.toHexString(point) + "}";
  }

  static WasmOperationException malformed(String reason) {
    return new WasmOperationException(
        "validation.schema", "the pattern is malformed: " + reason, null);
  }

  static WasmOperationException unsupported(String what) {
    return new WasmOperationException(
        "validation.pattern", "the pattern uses " + what + ", which is not supported", null);
  }
}
