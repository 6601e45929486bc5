package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Tables, and expressions that mean the same in SQLite. */
final class RandomCases {

  static final DataSchema SCHEMA =
      DataSchema.builder()
          .integer("id")
          .integer("a")
          .integer("b")
          .number("x")
          .number("y")
          .text("s")
          .text("t")
          .build();
  private static final String[] TEXTS = {
    "", " ", "a", "b", "ab", "aB", "Ab ", " abc", "zebra", "Zebra", "über", "日本", "a%b", "ab_",
    "10", "x'y"
  };

  private final Random random;

  RandomCases(long seed) {
    this.random = new Random(seed);
  }

  int upTo(int most) {
    return this.random.nextInt(most);
  }

  List<Map<String, Object>> rows(int count) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      Map<String, Object> row = new HashMap<>();
      row.put("id", (long) id);
      row.put("a", maybe((long) upTo(21) - 10));
      row.put("b", maybe((long) upTo(5)));
      row.put("x", maybe((upTo(4001) - 2000) / 8.0));
      row.put("y", maybe(this.random.nextGaussian() * 100));
      row.put("s", maybe(TEXTS[upTo(TEXTS.length)]));
      row.put("t", maybe(TEXTS[upTo(4)]));
      rows.add(row);
    }
    return rows;
  }

  private Object maybe(Object value) {
    return upTo(6) == 0 ? null : value;
  }

  private String of(String... choices) {
    return choices[upTo(choices.length)];
  }

  String integer(int depth) {
    if (depth == 0) {
      return of("a", "b", "id", String.valueOf(upTo(9)), "-3", "null");
    }
    int d = depth - 1;
    return switch (upTo(9)) {
      case 0 -> "(" + integer(d) + " + " + integer(d) + ")";
      case 1 -> "(" + integer(d) + " - " + integer(d) + ")";
      case 2 -> "(" + integer(d) + " * " + integer(d) + ")";
      case 3 -> "(" + integer(d) + " / " + integer(d) + ")";
      case 4 -> "(" + integer(d) + " % " + integer(d) + ")";
      case 5 -> "abs(" + integer(d) + ")";
      case 6 -> "coalesce(" + integer(d) + ", " + integer(d) + ")";
      case 7 -> "length(" + text(d) + ")";
      default -> "case when " + truth(d) + " then " + integer(d) + " else " + integer(d) + " end";
    };
  }

  String number(int depth) {
    if (depth == 0) {
      return of("x", "y", "1.5e0", "-2e-1", "x");
    }
    int d = depth - 1;
    return switch (upTo(8)) {
      case 0 -> "(" + number(d) + " + " + number(d) + ")";
      case 1 -> "(" + number(d) + " - " + integer(d) + ")";
      case 2 -> "(" + number(d) + " * " + number(d) + ")";
      case 3 -> "(" + number(d) + " / " + number(d) + ")";
      case 4 -> "-" + number(0).replace("-", "");
      case 5 -> "round(" + number(d) + ")";
      case 6 -> "abs(" + number(d) + ")";
      default -> "case when " + truth(d) + " then " + number(d) + " end";
    };
  }

  String text(int depth) {
    if (depth == 0) {
      return of("s", "t", "'ab'", "'x''y'", "''", "'日'");
    }
    int d = depth - 1;
    return switch (upTo(7)) {
      case 0 -> "(" + text(d) + " || " + text(d) + ")";
      case 1 -> "trim(" + text(d) + ")";
      case 2 -> "substr(" + text(d) + ", " + (1 + upTo(3)) + ", " + upTo(4) + ")";
      case 3 -> "replace(" + text(d) + ", " + of("'a'", "'b'", "'ab'") + ", " + text(0) + ")";
      case 4 -> "coalesce(" + text(d) + ", " + text(d) + ")";
      case 5 -> "nullif(" + text(d) + ", " + text(0) + ")";
      default -> "substr(" + text(d) + ", " + (1 + upTo(3)) + ")";
    };
  }

  String truth(int depth) {
    String relation = of("=", "<>", "<", "<=", ">", ">=");
    if (depth == 0) {
      return "(" + of("a", "b") + " " + relation + " " + of("a", "b", "2") + ")";
    }
    int d = depth - 1;
    return switch (upTo(12)) {
      case 10 ->
          "(" + text(d) + of(" in ", " not in ") + of("('a', '日本', 'ab')", "('', null)") + ")";
      case 0 -> "(" + truth(d) + " and " + truth(d) + ")";
      case 1 -> "(" + truth(d) + " or " + truth(d) + ")";
      case 2 -> "(not " + truth(d) + ")";
      case 3 -> "(" + integer(d) + " " + relation + " " + integer(d) + ")";
      case 4 -> "(" + number(d) + " " + relation + " " + number(d) + ")";
      case 5 -> "(" + text(d) + " " + relation + " " + text(d) + ")";
      case 6 -> "(" + text(d) + of(" is null", " is not null") + ")";
      case 7 ->
          "("
              + integer(d)
              + of(" in ", " not in ")
              + "(1, "
              + of(integer(0), "2", "null, 7")
              + ", 3))";
      case 8 -> "(" + number(d) + of(" between ", " not between ") + number(0) + " and 50e0)";
      case 9 ->
          "("
              + text(d)
              + of(" like ", " not like ")
              + of("'a%'", "'%b'", "'_b%'", "'%'", "'日_'")
              + ")";
      default -> "(" + integer(d) + " " + relation + " " + number(d) + ")";
    };
  }
}
