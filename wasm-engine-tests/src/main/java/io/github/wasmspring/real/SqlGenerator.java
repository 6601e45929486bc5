package io.github.wasmspring.real;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Statements over three small tables: joins, groups, windows, recursion, triggers, changes. */
final class SqlGenerator {

  private final Random dice;

  SqlGenerator(long seed) {
    this.dice = new Random(seed);
  }

  List<String> schema() {
    List<String> schema = new ArrayList<>();
    for (String table : List.of("a", "b", "c")) {
      schema.add(
          "CREATE TABLE %1$s (id INTEGER PRIMARY KEY, n INTEGER, x REAL, s TEXT, UNIQUE (id, n))"
              .formatted(table));
      schema.add("CREATE INDEX %1$s_n ON %1$s (n, s)".formatted(table));
      for (int i = 1; i <= 30; i++) {
        schema.add(
            "INSERT INTO %s VALUES (%d, %s, %s, %s)"
                .formatted(table, i, number(), real(), string()));
      }
    }
    schema.add("CREATE TABLE log (what TEXT, id INTEGER)");
    schema.add(
        "CREATE TRIGGER noted AFTER UPDATE ON a WHEN new.n > old.n BEGIN"
            + " INSERT INTO log VALUES ('up', new.id); END");
    schema.add(
        "CREATE VIEW ab AS SELECT a.id, a.n + b.n AS n, a.s || b.s AS s FROM a JOIN b USING (id)");
    return schema;
  }

  String next() {
    return switch (this.dice.nextInt(14)) {
      case 0 ->
          "UPDATE %s SET n = %s, s = %s WHERE %s"
              .formatted(table(), expression(2), text(1), condition(2));
      case 1 ->
          "INSERT OR %s INTO %s (n, x, s) SELECT %s, %s, %s FROM %s WHERE id %% 17 = %d"
              .formatted(
                  pick("REPLACE", "IGNORE", "FAIL"),
                  table(),
                  expression(2),
                  real(),
                  text(1),
                  table(),
                  this.dice.nextInt(17));
      case 2 -> "DELETE FROM %s WHERE id > 40 AND %s".formatted(table(), condition(2));
      case 3 ->
          "SELECT n %% 5 AS g, count(*), sum(n), min(s), max(x), total(n), group_concat(id) FROM %s WHERE %s GROUP BY g HAVING count(*) > %d ORDER BY g %s"
              .formatted(table(), condition(2), this.dice.nextInt(3), order());
      case 4 ->
          "SELECT t.id, u.s, %s FROM %s t %s JOIN %s u ON t.n = u.n AND %s ORDER BY t.id, u.id, 3 LIMIT %d"
              .formatted(
                  "t.n * 2 - coalesce(u.n, -1)",
                  table(),
                  pick("INNER", "LEFT", "CROSS"),
                  table(),
                  "t.id <> coalesce(u.id, 0)",
                  1 + this.dice.nextInt(30));
      case 5 ->
          "WITH RECURSIVE r(i, v) AS (SELECT 1, %s UNION ALL SELECT i + 1, (v * 31 + i) %% 1009 FROM r WHERE i < %d) SELECT sum(v), max(i), group_concat(DISTINCT v %% 7) FROM r"
              .formatted(number(), 2 + this.dice.nextInt(60));
      case 6 ->
          "SELECT id, sum(n) OVER (PARTITION BY id %% %d ORDER BY id ROWS BETWEEN %d PRECEDING AND CURRENT ROW), rank() OVER (ORDER BY n), lag(s) OVER (ORDER BY id) FROM %s ORDER BY id"
              .formatted(1 + this.dice.nextInt(5), this.dice.nextInt(4), table());
      case 7 ->
          "SELECT s, n FROM %s %s SELECT s, n FROM %s ORDER BY 1, 2 LIMIT 20"
              .formatted(table(), pick("UNION", "EXCEPT", "INTERSECT", "UNION ALL"), table());
      case 8 ->
          "SELECT id, (SELECT count(*) FROM %s u WHERE u.n > t.n) FROM %s t WHERE EXISTS (SELECT 1 FROM %s v WHERE v.n = t.n AND %s) ORDER BY id"
              .formatted(table(), table(), table(), "v.id < 20");
      case 9 -> "SELECT * FROM ab WHERE %s ORDER BY id".formatted(condition(2));
      case 10 -> "SELECT what, count(*), sum(id) FROM log GROUP BY what";
      case 11 ->
          "SELECT json_group_array(n), json_extract('{\"k\":[1,%s]}', '$.k[1]') FROM (SELECT n FROM %s ORDER BY id LIMIT 5)"
              .formatted(number(), table());
      default ->
          "SELECT %sid, %s, %s FROM %s WHERE %s ORDER BY %s %s, id LIMIT %d OFFSET %d"
              .formatted(
                  this.dice.nextInt(4) == 0 ? "DISTINCT " : "",
                  expression(3),
                  text(2),
                  table(),
                  condition(3),
                  pick("n", "s", "x", "length(s)"),
                  order(),
                  1 + this.dice.nextInt(40),
                  this.dice.nextInt(5));
    };
  }

  private String expression(int depth) {
    if (depth == 0) {
      return pick("n", "id", number(), "length(s)");
    }
    return switch (this.dice.nextInt(9)) {
      case 0 -> "(%s + %s)".formatted(expression(depth - 1), expression(depth - 1));
      case 1 -> "(%s - %s)".formatted(expression(depth - 1), expression(depth - 1));
      case 2 -> "(%s %% 1000 * %s)".formatted(expression(depth - 1), number());
      case 3 -> "(%s / %s)".formatted(expression(depth - 1), expression(depth - 1));
      case 4 -> "(%s %% %s)".formatted(expression(depth - 1), expression(depth - 1));
      case 5 ->
          "CASE WHEN %s THEN %s ELSE %s END"
              .formatted(condition(depth - 1), expression(depth - 1), expression(depth - 1));
      case 6 -> "abs(%s)".formatted(expression(depth - 1));
      case 7 -> "(%s << 2 | %s & 255)".formatted(expression(depth - 1), expression(depth - 1));
      default -> "coalesce(nullif(%s, %s), 0)".formatted(expression(depth - 1), number());
    };
  }

  private String text(int depth) {
    if (depth == 0) {
      return pick("s", string());
    }
    return switch (this.dice.nextInt(6)) {
      case 0 -> "(%s || %s)".formatted(text(0), text(depth - 1));
      case 1 -> "upper(%s)".formatted(text(depth - 1));
      case 2 -> "substr(%s, %d, 5)".formatted(text(depth - 1), this.dice.nextInt(5) - 2);
      case 3 -> "replace(%s, 'a', 'ox')".formatted(text(0));
      case 4 -> "printf('%%05d|%%s', n, %s)".formatted(text(0));
      default -> "trim(%s, 'ae')".formatted(text(depth - 1));
    };
  }

  private String condition(int depth) {
    if (depth == 0) {
      return "n %s %s".formatted(pick("<", ">", "=", "<>", "IS NOT"), number());
    }
    return switch (this.dice.nextInt(7)) {
      case 0 -> "(%s AND %s)".formatted(condition(depth - 1), condition(depth - 1));
      case 1 -> "(%s OR %s)".formatted(condition(depth - 1), condition(depth - 1));
      case 2 -> "NOT %s".formatted(condition(depth - 1));
      case 3 -> "s LIKE '%%%s%%'".formatted(pick("a", "be", "_c", "x"));
      case 4 -> "n BETWEEN %s AND %s".formatted(number(), number());
      case 5 -> "id IN (%s, %s, %s)".formatted(number(), number(), number());
      default -> "%s > %s".formatted(expression(depth - 1), expression(depth - 1));
    };
  }

  private String table() {
    return pick("a", "b", "c");
  }

  private String order() {
    return pick("ASC", "DESC");
  }

  private String number() {
    return this.dice.nextInt(12) == 0 ? "NULL" : Integer.toString(this.dice.nextInt(60) - 10);
  }

  private String real() {
    return this.dice.nextInt(100) + ".25";
  }

  private String string() {
    return "'" + pick("alpha", "beta", "gamma", "ABC", "", "o''c", "été") + "'";
  }

  private String pick(String... all) {
    return all[this.dice.nextInt(all.length)];
  }
}
