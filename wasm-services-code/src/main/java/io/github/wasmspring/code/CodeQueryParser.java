package io.github.wasmspring.code;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads selectors. */
final class CodeQueryParser {

  private static final int MOST_DEPTH = 50;

  private final String text;
  private int at;
  private int depth;

  CodeQueryParser(String text) {
    this.text = text;
  }

  CodeMatcher parse() {
    CodeMatcher matcher = alternatives();
    if (this.at < this.text.length()) {
      throw wrong("this can't stand here");
    }
    return matcher;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "The selector '%s' is not valid at character %d: %s"
            .formatted(this.text, this.at + 1, what));
  }

  private char peek() {
    return this.at < this.text.length() ? this.text.charAt(this.at) : '\0';
  }

  private boolean eat(String sign) {
    boolean there = this.text.startsWith(sign, this.at);
    this.at += there ? sign.length() : 0;
    return there;
  }

  private void expect(String sign) {
    if (!eat(sign)) {
      throw wrong("'%s' is missing".formatted(sign));
    }
  }

  private boolean skipSpace() {
    int from = this.at;
    while (Character.isWhitespace(peek())) {
      this.at++;
    }
    return this.at > from;
  }

  private CodeMatcher alternatives() {
    if (++this.depth > MOST_DEPTH) {
      throw wrong("it is nested too deeply");
    }
    CodeMatcher matcher = complex();
    while (eat(",")) {
      matcher = matcher.or(complex());
    }
    this.depth--;
    return matcher;
  }

  private CodeMatcher complex() {
    skipSpace();
    CodeMatcher left = compound();
    while (true) {
      boolean space = skipSpace();
      char sign = peek();
      if (sign == '\0' || sign == ',' || sign == ')') {
        return left;
      }
      if (sign == '>' || sign == '~' || sign == '+') {
        this.at++;
        skipSpace();
        CodeMatcher right = compound();
        left =
            switch (sign) {
              case '>' -> left.rightAround(right);
              case '~' -> left.before(right, false);
              default -> left.before(right, true);
            };
      } else if (space) {
        left = left.around(compound());
      } else {
        throw wrong("this can't stand here");
      }
    }
  }

  private CodeMatcher compound() {
    CodeMatcher matcher = null;
    if (eat("*")) {
      matcher = node -> true;
    } else if (isNameStart(peek())) {
      String type = name();
      matcher = node -> node.is(type);
    }
    while (true) {
      CodeMatcher next =
          switch (peek()) {
            case '[' -> attribute();
            case '.' -> field();
            case ':' -> pseudo();
            default -> null;
          };
      if (next == null) {
        break;
      }
      matcher = matcher == null ? next : matcher.and(next);
    }
    if (matcher == null) {
      throw wrong("a type, '*', '[', '.' or ':' is missing");
    }
    return matcher;
  }

  private static boolean isNameStart(char sign) {
    return Character.isLetter(sign) || sign == '_';
  }

  private String name() {
    int from = this.at;
    while (Character.isLetterOrDigit(peek()) || peek() == '_') {
      this.at++;
    }
    if (this.at == from) {
      throw wrong("a name is missing");
    }
    return this.text.substring(from, this.at);
  }

  private List<String> path() {
    List<String> path = new ArrayList<>();
    do {
      path.add(name());
    } while (eat("."));
    return List.copyOf(path);
  }

  private CodeMatcher field() {
    expect(".");
    List<String> path = path();
    return node -> {
      CodeCursor place = node.copy();
      for (int each = path.size() - 1; each >= 0; each--) {
        if (!path.get(each).equals(place.parentField()) || !place.toParent()) {
          return false;
        }
      }
      return true;
    };
  }

  // Attributes.

  private CodeMatcher attribute() {
    expect("[");
    skipSpace();
    CodeAttribute attribute = new CodeAttribute(path());
    skipSpace();
    CodeMatcher matcher = peek() == ']' ? attribute.present() : comparison(attribute);
    skipSpace();
    expect("]");
    return matcher;
  }

  private CodeMatcher comparison(CodeAttribute attribute) {
    for (String operator : List.of("<=", ">=", "<", ">")) {
      if (eat(operator)) {
        skipSpace();
        return attribute.compared(operator, number());
      }
    }
    boolean not = eat("!");
    expect("=");
    skipSpace();
    CodeMatcher equal = equality(attribute);
    return not ? node -> !equal.matches(node) : equal;
  }

  private CodeMatcher equality(CodeAttribute attribute) {
    if (peek() == '/') {
      return attribute.like(pattern());
    }
    String value = value();
    return value.equals("null") || value.equals("undefined")
        ? attribute.where(value::equals, true)
        : attribute.where(value::equals, false);
  }

  private double number() {
    String value = value();
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException none) {
      throw wrong("'%s' is no number".formatted(value));
    }
  }

  private String value() {
    char quote = peek();
    if (quote == '"' || quote == '\'') {
      return quoted(quote);
    }
    int from = this.at;
    while (this.at < this.text.length() && " \t\n]".indexOf(peek()) < 0) {
      this.at++;
    }
    if (this.at == from) {
      throw wrong("a value is missing");
    }
    return this.text.substring(from, this.at);
  }

  private String quoted(char quote) {
    this.at++;
    StringBuilder value = new StringBuilder();
    while (peek() != quote) {
      if (peek() == '\\') {
        this.at++;
      }
      if (this.at >= this.text.length()) {
        throw wrong("a text does not end");
      }
      value.append(this.text.charAt(this.at++));
    }
    this.at++;
    return value.toString();
  }

  private Pattern pattern() {
    int from = ++this.at;
    while (peek() != '/') {
      if (peek() == '\\') {
        this.at++;
      }
      if (this.at >= this.text.length()) {
        throw wrong("a regular expression does not end");
      }
      this.at++;
    }
    String source = this.text.substring(from, this.at++);
    int flags = 0;
    while ("imsu".indexOf(peek()) >= 0 && peek() != '\0') {
      flags |=
          switch (this.text.charAt(this.at++)) {
            case 'i' -> Pattern.CASE_INSENSITIVE;
            case 'm' -> Pattern.MULTILINE;
            case 's' -> Pattern.DOTALL;
            default -> Pattern.UNICODE_CASE;
          };
    }
    try {
      return Pattern.compile(source, flags);
    } catch (PatternSyntaxException refused) {
      throw wrong("the regular expression is not valid: " + refused.getDescription());
    }
  }

  // Pseudo-classes.

  private CodeMatcher pseudo() {
    expect(":");
    int from = this.at;
    while (Character.isLetter(peek()) || peek() == '-') {
      this.at++;
    }
    String name = this.text.substring(from, this.at);
    CodeMatcher known = simple(name);
    if (known != null) {
      return known;
    }
    return switch (name) {
      case "not" -> {
        CodeMatcher inner = inParentheses();
        yield node -> !inner.matches(node);
      }
      case "is", "matches" -> inParentheses();
      case "has" -> inParentheses().inside();
      case "nth-child" -> {
        int number = position();
        yield node -> node.isItem() && node.index() == number - 1;
      }
      case "nth-last-child" -> {
        int number = position();
        yield node -> node.isItem() && node.index() == node.siblings() - number;
      }
      default -> {
        this.at = from;
        throw wrong("':%s' is not known".formatted(name));
      }
    };
  }

  private static @Nullable CodeMatcher simple(String name) {
    return switch (name) {
      case "first-child" -> node -> node.isItem() && node.index() == 0;
      case "last-child" -> node -> node.isItem() && node.index() == node.siblings() - 1;
      default -> CodeClasses.of(name);
    };
  }

  private CodeMatcher inParentheses() {
    expect("(");
    CodeMatcher inner = alternatives();
    expect(")");
    return inner;
  }

  private int position() {
    expect("(");
    skipSpace();
    String number = name();
    skipSpace();
    expect(")");
    try {
      return Integer.parseInt(number);
    } catch (NumberFormatException none) {
      throw wrong("'%s' is no number".formatted(number));
    }
  }
}
