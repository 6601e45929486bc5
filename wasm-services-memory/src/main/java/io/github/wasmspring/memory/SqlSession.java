package io.github.wasmspring.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection with the statements that it has prepared. For one thread at a time. */
final class SqlSession implements MemoryResources.Resource {

  private static final Logger logger = LoggerFactory.getLogger(SqlSession.class);
  private static final int MOST_STATEMENTS = 50;
  private static final int SECONDS_TO_ANSWER = 5;

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

  SqlSession(Connection connection) {
    this.connection = connection;
  }

  /** Reads a row where the result is. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = this.connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** How many rows have changed. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    return prepared(sql, values).executeUpdate();
  }

  <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    List<T> found = new ArrayList<>();
    try (ResultSet rows = prepared(sql, values).executeQuery()) {
      while (rows.next()) {
        found.add(reader.read(rows));
      }
    }
    return found;
  }

  /** The first row, {@code null} if there is none. */
  <T> @Nullable T first(String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    try (ResultSet rows = prepared(sql, values).executeQuery()) {
      return rows.next() ? reader.read(rows) : null;
    }
  }

  /** The number in the first row, which there is. */
  long number(String sql, @Nullable Object... values) throws SQLException {
    Long number = first(sql, row -> row.getLong(1), values);
    if (number == null) {
      throw new SQLException("There is no row of " + sql, "02000");
    }
    return number;
  }

  private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = this.statements.get(sql);
    if (statement == null) {
      statement = this.connection.prepareStatement(sql);
      this.statements.put(sql, statement);
      if (this.statements.size() > MOST_STATEMENTS) {
        String unused = this.statements.keySet().iterator().next();
        PreparedStatement old = this.statements.remove(unused);
        if (old != null) {
          old.close();
        }
      }
    }
    for (int at = 0; at < values.length; at++) {
      statement.setObject(at + 1, values[at]);
    }
    return statement;
  }

  /** From now on changes are kept by {@link #commit} only. */
  void transactions() throws SQLException {
    this.connection.setAutoCommit(false);
  }

  void commit() throws SQLException {
    this.connection.commit();
  }

  void rollback() throws SQLException {
    this.connection.rollback();
  }

  boolean isUsable() {
    try {
      return this.connection.isValid(SECONDS_TO_ANSWER);
    } catch (SQLException broken) {
      return false;
    }
  }

  @Override
  public void close() {
    try (this.connection) {
      for (PreparedStatement statement : this.statements.values()) {
        statement.close();
      }
    } catch (SQLException failure) {
      logger.debug("A connection of the agent memory could not be closed in order", failure);
    }
  }
}
