package io.github.wasmspring.sqlite;

import io.github.wasmspring.internal.sqlite.jdbc.ConnectionOpener;
import io.github.wasmspring.internal.sqlite.jdbc.DatabaseUrl;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Opens databases of SQLite: {@code jdbc:wasm-sqlite:/path/file.db?busy_timeout=2000} or {@code
 * jdbc:wasm-sqlite::memory:}. Found by {@link java.util.ServiceLoader}.
 */
public final class WasmSqliteDriver implements Driver {

  static {
    try {
      DriverManager.registerDriver(new WasmSqliteDriver());
    } catch (SQLException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /**
   * @return {@code null} for the URL of another driver
   * @throws SQLException if the database can't be opened; the message says why
   */
  @Override
  public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    return ConnectionOpener.open(
        DatabaseUrl.parse(url, info == null ? new Properties() : info), url);
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(DatabaseUrl.PREFIX);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 0;
  }

  @Override
  public int getMinorVersion() {
    return 1;
  }

  /** Only a part of JDBC is supported. */
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("Logs go to SLF4J", "0A000");
  }
}
