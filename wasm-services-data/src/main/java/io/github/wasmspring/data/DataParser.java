package io.github.wasmspring.data;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads expressions: operators as in SQL, and functions. Nothing in them can run code. */
final class DataParser {

  private static final int LONGEST = 20_000;
  private static final int DEEPEST = 100;
  private static final Set<String> RELATIONS = Set.of("=", "==", "<>", "!=", "<", "<=", ">", ">=");
  private static final Set<String> KEYWORDS =
      Set.of(
          "and", "or", "not", "is", "in", "between", "like", "case", "when", "then", "else", "end",
          "null", "true", "false");

  private final String expression;
  private final List<DataToken> tokens;
  private int at;
  private int open;

  private DataParser(String expression) {
    this.expression = expression;
    this.tokens = DataToken.of(expression);
  }

  /**
   * @throws DataException if it is no expression; the message says where
   */
  static DataNode parse(String expression) {
    if (expression.length() > LONGEST) {
      throw new DataException(
          DataException.Reason.EXPRESSION,
          "An expression has 20000 characters at most, not " + expression.length());
    }
    DataParser parser = new DataParser(expression);
    DataNode node = parser.or();
    parser.require(parser.next().kind() == DataToken.Kind.END, "an operator");
    return node;
  }

  static DataException wrong(String expression, int position, String what) {
    String shown = expression.length() > 200 ? expression.substring(0, 200) + "…" : expression;
    return new DataException(
        DataException.Reason.EXPRESSION,
        "Expression '%s', at %d: %s".formatted(shown, position, what));
  }

  private DataToken next() {
    return this.tokens.get(this.at);
  }

  private DataToken take() {
    DataToken token = next();
    if (token.kind() != DataToken.Kind.END) {
      this.at++;
    }
    return token;
  }

  private boolean takeWord(String word) {
    boolean found = next().is(word);
    this.at += found ? 1 : 0;
    return found;
  }

  private boolean takeSign(String sign) {
    boolean found = next().isSign(sign);
    this.at += found ? 1 : 0;
    return found;
  }

  private void require(boolean holds, String expected) {
    if (!holds) {
      throw wrong(
          this.expression,
          next().position(),
          "%s is expected, but there is %s".formatted(expected, next().described()));
    }
  }

  private DataNode call(int position, String function, List<DataNode> arguments) {
    DataNode.Call call = new DataNode.Call(position, function, arguments);
    if (call.depth() > DEEPEST) {
      throw tooDeep(position);
    }
    return call;
  }

  private DataException tooDeep(int position) {
    return wrong(
        this.expression, position, "more than 100 operators or functions are inside of each other");
  }

  private DataNode or() {
    if (++this.open > DEEPEST) {
      throw tooDeep(next().position());
    }
    DataNode left = and();
    while (next().is("or")) {
      int position = take().position();
      left = call(position, "or", List.of(left, and()));
    }
    this.open--;
    return left;
  }

  private DataNode and() {
    DataNode left = not();
    while (next().is("and")) {
      int position = take().position();
      left = call(position, "and", List.of(left, not()));
    }
    return left;
  }

  private DataNode not() {
    int negations = 0;
    int position = next().position();
    while (takeWord("not")) {
      negations++;
    }
    DataNode compared = comparison();
    for (int each = 0; each < negations % 2; each++) {
      compared = call(position, "not", List.of(compared));
    }
    // Twice is not nothing: what is no boolean is refused all the same.
    return negations > 1 && negations % 2 == 0
        ? call(position, "not", List.of(call(position, "not", List.of(compared))))
        : compared;
  }

  private DataNode comparison() {
    DataNode left = concatenation();
    DataToken token = next();
    int position = token.position();
    if (token.kind() == DataToken.Kind.SIGN && RELATIONS.contains(token.text())) {
      take();
      return call(position, relation(token.text()), List.of(left, concatenation()));
    }
    if (takeWord("is")) {
      boolean negated = takeWord("not");
      require(takeWord("null"), "'null'");
      return negate(position, negated, call(position, "is null", List.of(left)));
    }
    boolean negated = takeWord("not");
    if (takeWord("in")) {
      return negate(position, negated, in(position, left));
    }
    if (takeWord("between")) {
      DataNode from = concatenation();
      require(takeWord("and"), "'and'");
      DataNode to = concatenation();
      DataNode above = call(position, ">=", List.of(left, from));
      DataNode below = call(position, "<=", List.of(left, to));
      return negate(position, negated, call(position, "and", List.of(above, below)));
    }
    if (takeWord("like")) {
      return negate(position, negated, call(position, "like", List.of(left, concatenation())));
    }
    require(!negated, "'in', 'between' or 'like'");
    return left;
  }

  private static String relation(String sign) {
    return switch (sign) {
      case "==" -> "=";
      case "!=" -> "<>";
      default -> sign;
    };
  }

  private DataNode negate(int position, boolean negated, DataNode node) {
    return negated ? call(position, "not", List.of(node)) : node;
  }

  private DataNode in(int position, DataNode left) {
    require(takeSign("("), "'('");
    List<DataNode> operands = new ArrayList<>();
    operands.add(left);
    do {
      operands.add(or());
    } while (takeSign(","));
    require(takeSign(")"), "')'");
    return call(position, "in", operands);
  }

  private DataNode concatenation() {
    DataNode left = sum();
    while (next().isSign("||")) {
      int position = take().position();
      left = call(position, "||", List.of(left, sum()));
    }
    return left;
  }

  private DataNode sum() {
    DataNode left = product();
    while (next().isSign("+") || next().isSign("-")) {
      DataToken sign = take();
      left = call(sign.position(), sign.text(), List.of(left, product()));
    }
    return left;
  }

  private DataNode product() {
    DataNode left = signed();
    while (next().isSign("*") || next().isSign("/") || next().isSign("%")) {
      DataToken sign = take();
      left = call(sign.position(), sign.text(), List.of(left, signed()));
    }
    return left;
  }

  private DataNode signed() {
    if (!next().isSign("-")) {
      return primary();
    }
    int position = take().position();
    if (next().kind() == DataToken.Kind.NUMBER) {
      return number(position, "-" + take().text());
    }
    if (++this.open > DEEPEST) {
      throw tooDeep(position);
    }
    DataNode negated = call(position, "negative", List.of(signed()));
    this.open--;
    return negated;
  }

  private DataNode primary() {
    DataToken token = next();
    switch (token.kind()) {
      case NUMBER -> {
        take();
        return number(token.position(), token.text());
      }
      case STRING -> {
        take();
        return new DataNode.Literal(token.position(), token.text());
      }
      case QUOTED_NAME -> {
        take();
        return new DataNode.Name(token.position(), token.text());
      }
      case NAME -> {
        return named(token);
      }
      default -> {
        require(takeSign("("), "a value");
        DataNode inner = or();
        require(takeSign(")"), "')'");
        return inner;
      }
    }
  }

  private DataNode named(DataToken token) {
    String word = token.lowerCase();
    if (word.equals("case")) {
      return cases();
    }
    if (word.equals("null") || word.equals("true") || word.equals("false")) {
      take();
      Object value = word.equals("null") ? null : Boolean.valueOf(word);
      return new DataNode.Literal(token.position(), value);
    }
    require(!KEYWORDS.contains(word), "a value");
    take();
    if (!takeSign("(")) {
      return new DataNode.Name(token.position(), token.text());
    }
    List<DataNode> arguments = new ArrayList<>();
    if (!next().isSign(")")) {
      do {
        arguments.add(or());
      } while (takeSign(","));
    }
    require(takeSign(")"), "')'");
    return call(token.position(), word, arguments);
  }

  private DataNode cases() {
    int position = take().position();
    List<DataNode> conditions = new ArrayList<>();
    List<DataNode> values = new ArrayList<>();
    require(next().is("when"), "'when'");
    while (takeWord("when")) {
      conditions.add(or());
      require(takeWord("then"), "'then'");
      values.add(or());
    }
    DataNode otherwise = takeWord("else") ? or() : new DataNode.Literal(next().position(), null);
    require(takeWord("end"), "'end'");
    for (int place = conditions.size() - 1; place >= 0; place--) {
      otherwise =
          call(position, "if", List.of(conditions.get(place), values.get(place), otherwise));
    }
    return otherwise;
  }

  /** With a point a decimal, with an exponent a double, else an integer if it fits one. */
  private DataNode number(int position, String text) {
    try {
      if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
          throw wrong(this.expression, position, "the number is too large for a DOUBLE");
        }
        return new DataNode.Literal(position, value + 0.0);
      }
      BigDecimal value = new BigDecimal(text);
      if (value.scale() == 0 && value.unscaledValue().bitLength() < Long.SIZE) {
        return new DataNode.Literal(position, value.longValue());
      }
      if (value.scale() > DataType.MOST_DIGITS || value.precision() > DataType.MOST_DIGITS) {
        throw wrong(this.expression, position, "a DECIMAL has 38 digits at most");
      }
      return new DataNode.Literal(position, value);
    } catch (NumberFormatException noNumber) {
      throw wrong(this.expression, position, "'%s' is no number".formatted(text));
    }
  }
}
