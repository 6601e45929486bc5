package io.github.wasmspring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Generated statements are answered as the native driver answers them. */
class SqliteDifferentialTest {

  private static final int STATEMENTS = Integer.getInteger("sqlite.statements", 2000);

  private static final List<String> EXPRESSIONS =
      List.of(
          "a",
          "b",
          "c",
          "d",
          "a + ?",
          "b * ?",
          "c || ?",
          "coalesce(d, ?)",
          "typeof(?)",
          "hex(d)",
          "length(c)",
          "abs(a)",
          "a / ?",
          "a % 7",
          "round(b, 2)",
          "upper(c)",
          "substr(c, 2, 3)",
          "a << 3",
          "~a",
          "CAST(c AS INTEGER)",
          "CAST(b AS TEXT)",
          "c LIKE ?",
          "a IS ?",
          "json_array(a, c)",
          "quote(d)",
          "unicode(c)",
          "max(a, ?)",
          "nullif(a, ?)",
          "sqrt(b)",
          "missing",
          "abs(-9223372036854775808)",
          "a +");

  @Test
  void generatedStatementsAreAnsweredAlike() throws SQLException {
    Random random = new Random(20261130);
    int failures = 0;
    try (Connection ours = DriverManager.getConnection("jdbc:wasm-sqlite::memory:");
        Connection judge = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      String schema =
          "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER UNIQUE, b REAL, c TEXT, d BLOB, CHECK (a IS NULL OR a <> 13))";
      assertThat(answer(ours, schema, List.of())).isEqualTo(answer(judge, schema, List.of()));
      for (int i = 0; i < STATEMENTS; i++) {
        String sql = statement(random);
        List<Object> values = new ArrayList<>();
        for (long left = sql.chars().filter(c -> c == '?').count(); left > 0; left--) {
          values.add(value(random));
        }
        List<String> expected = answer(judge, sql, values);
        assertThat(answer(ours, sql, values)).as("%s with %s", sql, values).isEqualTo(expected);
        failures += expected.get(0).startsWith("error") ? 1 : 0;
      }
    }
    assertThat(failures).isBetween(STATEMENTS / 50, STATEMENTS / 2);
  }

  private static String statement(Random random) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> "INSERT INTO t (a, b, c, d) VALUES (?, ?, ?, ?)";
      case 2 -> "UPDATE t SET b = ?, c = ? WHERE id % 5 = " + random.nextInt(5);
      case 3 ->
          "SELECT count(*), sum(a % 1000), min(c), max(b), group_concat(id) FROM t WHERE "
              + expression(random)
              + " GROUP BY id % 3 ORDER BY 1, 2, 3";
      case 4 ->
          "SELECT x.id, y.id, x.c FROM t x JOIN t y ON x.id = y.id + 1 WHERE x.id > ? ORDER BY x.id DESC LIMIT 20";
      default ->
          "SELECT %s, %s FROM t ORDER BY id LIMIT 10"
              .formatted(expression(random), expression(random));
    };
  }

  private static String expression(Random random) {
    return EXPRESSIONS.get(random.nextInt(EXPRESSIONS.size()));
  }

  private static Object value(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> (long) random.nextInt(30);
      case 1 -> random.nextLong();
      case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
      case 3 -> random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
      case 4 -> "Ünï \uD83D\uDE42 " + random.nextInt(100);
      case 5 -> new byte[] {(byte) random.nextInt(), 0, (byte) random.nextInt()};
      case 6 -> String.valueOf(random.nextInt(1000));
      case 7 -> "";
      default -> (double) random.nextInt(100);
    };
  }

  private static List<String> answer(Connection connection, String sql, List<Object> values) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      if (!statement.execute()) {
        return List.of("changed " + statement.getUpdateCount());
      }
      List<String> rows = new ArrayList<>(List.of("rows"));
      try (ResultSet found = statement.getResultSet()) {
        int columns = found.getMetaData().getColumnCount();
        while (found.next()) {
          for (int i = 1; i <= columns; i++) {
            rows.add(shown(found.getObject(i)));
          }
        }
      }
      return rows;
    } catch (SQLException failure) {
      return List.of("error " + (failure.getErrorCode() & 0xff));
    }
  }

  private static String shown(Object value) {
    if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    }
    return value instanceof Integer small
        ? "Long " + small
        : value == null ? "null" : value.getClass().getSimpleName() + " " + value;
  }
}
