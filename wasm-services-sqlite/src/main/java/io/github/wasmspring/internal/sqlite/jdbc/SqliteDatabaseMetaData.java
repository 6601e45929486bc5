package io.github.wasmspring.internal.sqlite.jdbc;

import java.sql.Connection;
import java.util.concurrent.locks.Lock;

/** What SQLite is and can do. */
final class SqliteDatabaseMetaData extends JdbcObject {

  private final SqliteConnection connection;
  private final String url;
  private final boolean readOnly;

  SqliteDatabaseMetaData(SqliteConnection connection, String url, boolean readOnly) {
    this.connection = connection;
    this.url = url;
    this.readOnly = readOnly;
  }

  @Override
  Lock lock() {
    return this.connection.lock();
  }

  @Override
  void requireOpen() {}

  public Connection getConnection() {
    return this.connection.proxy();
  }

  public String getURL() {
    return this.url;
  }

  public String getUserName() {
    return "";
  }

  public boolean isReadOnly() {
    return this.readOnly;
  }

  public String getDatabaseProductName() {
    return "SQLite";
  }

  public String getDatabaseProductVersion() {
    return "3.53.2";
  }

  public int getDatabaseMajorVersion() {
    return 3;
  }

  public int getDatabaseMinorVersion() {
    return 53;
  }

  public String getDriverName() {
    return "SQLite as WebAssembly";
  }

  public String getDriverVersion() {
    return "0.1";
  }

  public int getDriverMajorVersion() {
    return 0;
  }

  public int getDriverMinorVersion() {
    return 1;
  }

  public int getJDBCMajorVersion() {
    return 4;
  }

  public int getJDBCMinorVersion() {
    return 3;
  }

  public String getIdentifierQuoteString() {
    return "\"";
  }

  public String getSearchStringEscape() {
    return "\\";
  }

  public boolean supportsTransactions() {
    return true;
  }

  public boolean supportsSavepoints() {
    return true;
  }

  public boolean supportsBatchUpdates() {
    return true;
  }

  public boolean supportsGetGeneratedKeys() {
    return true;
  }

  public boolean supportsNamedParameters() {
    return false;
  }

  public int getDefaultTransactionIsolation() {
    return Connection.TRANSACTION_SERIALIZABLE;
  }

  public boolean supportsTransactionIsolationLevel(int level) {
    return level == Connection.TRANSACTION_SERIALIZABLE;
  }

  public boolean storesUpperCaseIdentifiers() {
    return false;
  }

  public boolean storesLowerCaseIdentifiers() {
    return false;
  }

  public boolean storesMixedCaseIdentifiers() {
    return true;
  }
}
