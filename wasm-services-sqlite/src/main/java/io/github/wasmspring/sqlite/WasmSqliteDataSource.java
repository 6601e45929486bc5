package io.github.wasmspring.sqlite;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A new connection for each that is asked for. Put a pool around it where that happens often. */
public final class WasmSqliteDataSource implements DataSource {

  private final String url;

  /**
   * @param url as {@link WasmSqliteDriver} takes it
   * @throws IllegalArgumentException if it is the URL of another driver
   */
  public WasmSqliteDataSource(String url) {
    if (!new WasmSqliteDriver().acceptsURL(url)) {
      throw new IllegalArgumentException(
          "The URL of a database begins with jdbc:wasm-sqlite:, but this is " + url);
    }
    this.url = url;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return Objects.requireNonNull(new WasmSqliteDriver().connect(this.url, new Properties()));
  }

  /** SQLite has no users: both are ignored. */
  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter writer) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("Logs go to SLF4J", "0A000");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("This is no wrapper for " + type.getName(), "HY000");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
