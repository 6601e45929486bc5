package io.github.wasmspring.data;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The native SQLite, which says what is right. */
final class SqliteJudge implements AutoCloseable {

  private final Connection connection;

  SqliteJudge() throws SQLException {
    this.connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    try (Statement statement = this.connection.createStatement()) {
      statement.execute("pragma case_sensitive_like = on");
    }
  }

  void table(String name, DataSchema schema, List<Map<String, Object>> rows) throws SQLException {
    String columns =
        schema.fields().stream()
            .map(field -> field.name() + " " + sqlType(field.type()))
            .collect(Collectors.joining(", "));
    try (Statement statement = this.connection.createStatement()) {
      statement.execute("drop table if exists " + name);
      statement.execute("create table " + name + " (" + columns + ")");
      statement.execute("begin");
      String places = schema.names().stream().map(each -> "?").collect(Collectors.joining(", "));
      try (PreparedStatement insert =
          this.connection.prepareStatement("insert into " + name + " values (" + places + ")")) {
        for (Map<String, Object> row : rows) {
          int place = 1;
          for (String column : schema.names()) {
            insert.setObject(place++, row.get(column));
          }
          insert.executeUpdate();
        }
      }
      statement.execute("commit");
    }
  }

  private static String sqlType(DataType type) {
    return switch (type.kind()) {
      case INTEGER -> "integer";
      case DOUBLE -> "real";
      default -> "text";
    };
  }

  List<List<Object>> query(String sql) throws SQLException {
    try (Statement statement = this.connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      List<List<Object>> rows = new ArrayList<>();
      int count = results.getMetaData().getColumnCount();
      while (results.next()) {
        List<Object> row = new ArrayList<>();
        for (int place = 1; place <= count; place++) {
          row.add(normal(results.getObject(place)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** Integers as {@code Long}, as SQLite gives the small ones as {@code Integer}. */
  static Object normal(Object value) {
    if (value instanceof Integer number) {
      return number.longValue();
    }
    return value instanceof Boolean truth ? (Object) (truth ? 1L : 0L) : value;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = this.connection.createStatement()) {
      statement.execute(sql);
    }
  }

  ResultSet open(String sql) throws SQLException {
    return this.connection.createStatement().executeQuery(sql);
  }

  @Override
  public void close() throws SQLException {
    this.connection.close();
  }
}
