package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A word of an expression.
 *
 * @param text of strings and names what stands between the quotes
 * @param position of its first character, counted from 1
 */
record DataToken(Kind kind, String text, int position) {

  enum Kind {
    NUMBER,
    STRING,
    NAME,
    /** In double quotes: never a keyword. */
    QUOTED_NAME,
    SIGN,
    END
  }

  private static final List<String> SIGNS =
      List.of(
          "<=", ">=", "<>", "!=", "==", "||", "<", ">", "=", "+", "-", "*", "/", "%", "(", ")",
          ",");

  /** Whether it is a keyword, in whatever case. */
  boolean is(String word) {
    return this.kind == Kind.NAME && this.text.equalsIgnoreCase(word);
  }

  boolean isSign(String sign) {
    return this.kind == Kind.SIGN && this.text.equals(sign);
  }

  String described() {
    return this.kind == Kind.END ? "the end" : "'" + this.text + "'";
  }

  String lowerCase() {
    return this.text.toLowerCase(Locale.ROOT);
  }

  /** All words of an expression, {@link Kind#END} last. */
  static List<DataToken> of(String expression) {
    List<DataToken> tokens = new ArrayList<>();
    int at = 0;
    while (at < expression.length()) {
      char first = expression.charAt(at);
      if (first <= ' ') {
        at++;
      } else {
        at = add(expression, at, first, tokens);
      }
    }
    tokens.add(new DataToken(Kind.END, "", at + 1));
    return tokens;
  }

  private static int add(String expression, int at, char first, List<DataToken> tokens) {
    if (first == '\'' || first == '"') {
      return quoted(expression, at, first, tokens);
    }
    int end = at;
    if (isDigit(first) || (first == '.' && isDigit(peek(expression, at + 1)))) {
      end = number(expression, at);
      tokens.add(new DataToken(Kind.NUMBER, expression.substring(at, end), at + 1));
      return end;
    }
    while (end < expression.length() && isOfName(expression.charAt(end))) {
      end++;
    }
    if (end > at) {
      tokens.add(new DataToken(Kind.NAME, expression.substring(at, end), at + 1));
      return end;
    }
    for (String sign : SIGNS) {
      if (expression.startsWith(sign, at)) {
        tokens.add(new DataToken(Kind.SIGN, sign, at + 1));
        return at + sign.length();
      }
    }
    throw DataParser.wrong(expression, at + 1, "there is no sign '%c'".formatted(first));
  }

  private static char peek(String expression, int at) {
    return at < expression.length() ? expression.charAt(at) : 0;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isOfName(char character) {
    return character == '_' || isDigit(character) || Character.isLetter(character);
  }

  private static int number(String expression, int begin) {
    int at = digits(expression, begin);
    if (peek(expression, at) == '.') {
      at = digits(expression, at + 1);
    }
    if ((peek(expression, at) | 0x20) == 'e') {
      char sign = peek(expression, at + 1);
      at = digits(expression, sign == '+' || sign == '-' ? at + 2 : at + 1);
    }
    return at;
  }

  private static int digits(String expression, int begin) {
    int at = begin;
    while (isDigit(peek(expression, at))) {
      at++;
    }
    return at;
  }

  /** A quote inside is written twice. */
  private static int quoted(String expression, int begin, char quote, List<DataToken> tokens) {
    StringBuilder text = new StringBuilder();
    int at = begin + 1;
    while (at < expression.length()) {
      char next = expression.charAt(at);
      if (next != quote) {
        text.append(next);
        at++;
      } else if (peek(expression, at + 1) == quote) {
        text.append(quote);
        at += 2;
      } else {
        Kind kind = quote == '"' ? Kind.QUOTED_NAME : Kind.STRING;
        tokens.add(new DataToken(kind, text.toString(), begin + 1));
        return at + 1;
      }
    }
    throw DataParser.wrong(expression, begin + 1, "the quote is never closed");
  }
}
