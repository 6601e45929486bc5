package io.github.wasmspring.internal.sqlite.jdbc;

import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.concurrent.locks.Lock;

/** How many parameters there are. SQLite gives them no types: a value has one, whatever it is. */
final class SqliteParameterMetaData extends JdbcObject {

  private final JdbcObject owner;
  private final int count;

  SqliteParameterMetaData(JdbcObject owner, int count) {
    this.owner = owner;
    this.count = count;
  }

  @Override
  Lock lock() {
    return this.owner.lock();
  }

  @Override
  void requireOpen() {}

  private void check(int index) throws SQLException {
    if (index < 1 || index > this.count) {
      throw new SQLException(
          "The statement has %d parameters, and none at %d".formatted(this.count, index), "07009");
    }
  }

  public int getParameterCount() {
    return this.count;
  }

  public int getParameterType(int index) throws SQLException {
    check(index);
    return Types.OTHER;
  }

  public String getParameterTypeName(int index) throws SQLException {
    check(index);
    return "";
  }

  public String getParameterClassName(int index) throws SQLException {
    check(index);
    return Object.class.getName();
  }

  public int getParameterMode(int index) throws SQLException {
    check(index);
    return ParameterMetaData.parameterModeIn;
  }

  public int isNullable(int index) throws SQLException {
    check(index);
    return ParameterMetaData.parameterNullable;
  }

  public boolean isSigned(int index) throws SQLException {
    check(index);
    return true;
  }

  /** Not known: 0. */
  public int getPrecision(int index) throws SQLException {
    check(index);
    return 0;
  }

  /** Not known: 0. */
  public int getScale(int index) throws SQLException {
    check(index);
    return 0;
  }
}
