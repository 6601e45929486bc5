package io.github.wasmspring.internal.sqlite.jdbc;

import io.github.wasmspring.internal.sqlite.guest.DatabaseGuest;
import io.github.wasmspring.internal.sqlite.guest.ParameterBuffer;
import io.github.wasmspring.internal.sqlite.guest.PreparedSql;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A connection: one guest, with its transaction. */
final class SqliteConnection extends JdbcObject {

  private static final Set<String> OUTSIDE_TRANSACTIONS =
      Set.of("pragma", "begin", "commit", "end", "rollback", "vacuum", "attach", "detach");

  private final DatabaseGuest guest;
  private final String begin;
  private final String url;
  private final boolean alwaysReadOnly;
  private final Lock lock = new ReentrantLock();
  private final Set<SqliteStatement> statements = new CopyOnWriteArraySet<>();
  private final Connection proxy;
  private boolean autoCommit = true;
  private boolean begun;
  private boolean commitFailed;
  private boolean readOnly;
  private boolean closed;
  private int savepoints;

  /**
   * @param begin how transactions begin that may write
   */
  SqliteConnection(DatabaseGuest guest, String begin, String url, boolean readOnly) {
    this.guest = guest;
    this.begin = begin;
    this.url = url;
    this.alwaysReadOnly = readOnly;
    this.readOnly = readOnly;
    this.proxy = JdbcProxy.of(SqliteAccess.class, this);
  }

  public GuestAccess guestAccess() {
    return new GuestAccess(this);
  }

  Connection proxy() {
    return this.proxy;
  }

  DatabaseGuest guest() {
    return this.guest;
  }

  @Override
  Lock lock() {
    return this.lock;
  }

  @Override
  void requireOpen() throws SQLException {
    if (this.closed) {
      throw new SQLNonTransientConnectionException("The connection is closed", "08003");
    }
  }

  /** Runs a statement of ours. */
  void execute(String sql) throws SQLException {
    PreparedSql prepared = this.guest.prepare(sql);
    try {
      this.guest.run(prepared.handle(), new ParameterBuffer(), 100, 1 << 16, Duration.ZERO);
    } finally {
      if (!this.guest.isBroken()) {
        this.guest.finish(prepared.handle());
      }
    }
  }

  /** A statement is about to run. */
  void beginFor(String sql) throws SQLException {
    if (this.autoCommit || OUTSIDE_TRANSACTIONS.contains(firstWord(sql))) {
      return;
    }
    boolean open = !this.guest.isAutocommit();
    if (this.begun && !open) {
      throw new SQLException(
          "SQLite has rolled back the transaction because of an earlier failure; call rollback()",
          "25P02");
    }
    if (!open) {
      execute(this.readOnly ? "BEGIN DEFERRED" : this.begin);
    }
    this.begun = true;
  }

  private static String firstWord(String sql) {
    String text = sql.stripLeading();
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end).toLowerCase(Locale.ROOT);
  }

  void forget(SqliteStatement statement) {
    this.statements.remove(statement);
  }

  public Statement createStatement() {
    SqliteStatement statement = new SqliteStatement(this);
    this.statements.add(statement);
    return statement.proxy();
  }

  public Statement createStatement(int type, int concurrency) throws SQLException {
    requireForwardOnly(type, concurrency);
    return createStatement();
  }

  public PreparedStatement prepareStatement(String sql) throws SQLException {
    SqlitePreparedStatement statement = new SqlitePreparedStatement(this, sql);
    this.statements.add(statement);
    return statement.proxy();
  }

  public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
    SqlitePreparedStatement statement = new SqlitePreparedStatement(this, sql);
    this.statements.add(statement);
    if (keys == Statement.RETURN_GENERATED_KEYS) {
      statement.generateKeys("rowid");
    }
    return statement.proxy();
  }

  public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
    if (columns.length > 1) {
      throw new SQLFeatureNotSupportedException(
          "SQLite generates one key; write INSERT … RETURNING for more columns", "0A000");
    }
    SqlitePreparedStatement statement = new SqlitePreparedStatement(this, sql);
    this.statements.add(statement);
    if (columns.length == 1) {
      statement.generateKeys(columns[0]);
    }
    return statement.proxy();
  }

  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    requireForwardOnly(type, concurrency);
    return prepareStatement(sql);
  }

  private static void requireForwardOnly(int type, int concurrency) throws SQLException {
    if (type != ResultSet.TYPE_FORWARD_ONLY || concurrency != ResultSet.CONCUR_READ_ONLY) {
      throw new SQLFeatureNotSupportedException(
          "Rows of SQLite are read forward only, and not updated in place", "0A000");
    }
  }

  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    setHoldability(holdability);
    return createStatement(type, concurrency);
  }

  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    setHoldability(holdability);
    return prepareStatement(sql, type, concurrency);
  }

  public String nativeSQL(String sql) {
    return sql;
  }

  /** Commits what is open, but rolls back what {@link #commit} could not commit. */
  public void setAutoCommit(boolean wanted) throws SQLException {
    if (wanted && !this.autoCommit) {
      if (this.commitFailed) {
        rollbackOpen();
      } else {
        commitOpen();
      }
    }
    this.autoCommit = wanted;
  }

  public boolean getAutoCommit() {
    return this.autoCommit;
  }

  public void commit() throws SQLException {
    requireTransactions();
    commitOpen();
  }

  private void requireTransactions() throws SQLException {
    if (this.autoCommit) {
      throw new SQLException("The connection is in auto-commit mode", "25000");
    }
  }

  private void commitOpen() throws SQLException {
    this.commitFailed = true;
    if (!this.guest.isAutocommit()) {
      execute("COMMIT");
    } else if (this.begun) {
      throw new SQLException(
          "SQLite has rolled back the transaction because of an earlier failure; call rollback()",
          "25P02");
    }
    this.begun = false;
    this.commitFailed = false;
  }

  public void rollback() throws SQLException {
    requireTransactions();
    rollbackOpen();
  }

  private void rollbackOpen() throws SQLException {
    for (SqliteStatement statement : this.statements) {
      statement.closeRows();
    }
    if (!this.guest.isAutocommit()) {
      execute("ROLLBACK");
    }
    this.begun = false;
    this.commitFailed = false;
  }

  public Savepoint setSavepoint() throws SQLException {
    return savepoint(null);
  }

  public Savepoint setSavepoint(String name) throws SQLException {
    return savepoint(name);
  }

  private Savepoint savepoint(@Nullable String name) throws SQLException {
    requireTransactions();
    beginFor("SAVEPOINT");
    SqliteSavepoint savepoint = new SqliteSavepoint(++this.savepoints, name);
    execute("SAVEPOINT " + savepoint.sqlName());
    return savepoint;
  }

  public void rollback(Savepoint savepoint) throws SQLException {
    requireTransactions();
    execute("ROLLBACK TO " + ours(savepoint).sqlName());
  }

  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    requireTransactions();
    execute("RELEASE " + ours(savepoint).sqlName());
  }

  private static SqliteSavepoint ours(Savepoint savepoint) throws SQLException {
    if (savepoint instanceof SqliteSavepoint ours) {
      return ours;
    }
    throw new SQLException("The savepoint is of another driver", "3B001");
  }

  /** What is open is rolled back. */
  public void close() throws SQLException {
    if (this.closed) {
      return;
    }
    this.closed = true;
    for (SqliteStatement statement : this.statements) {
      statement.closed();
    }
    this.guest.close();
  }

  public boolean isClosed() {
    return this.closed;
  }

  public boolean isValid(int seconds) throws SQLException {
    if (seconds < 0) {
      throw new SQLException("A time-out can't be negative: " + seconds, "22023");
    }
    return !this.closed && !this.guest.isBroken();
  }

  /** Stops the statement that runs, and closes the connection on a thread of the executor. */
  public void abort(Executor executor) {
    this.guest.context().abort();
    executor.execute(
        () -> {
          this.lock.lock();
          try {
            this.proxy.close();
          } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
          } finally {
            this.lock.unlock();
          }
        });
  }

  public DatabaseMetaData getMetaData() {
    return JdbcProxy.of(
        DatabaseMetaData.class, new SqliteDatabaseMetaData(this, this.url, this.alwaysReadOnly));
  }

  /** Transactions of a connection that reads only don't keep others from writing. */
  public void setReadOnly(boolean wanted) throws SQLException {
    execute("PRAGMA query_only=" + (wanted ? "on" : "off"));
    this.readOnly = wanted || this.alwaysReadOnly;
  }

  public boolean isReadOnly() {
    return this.readOnly;
  }

  public void setTransactionIsolation(int level) throws SQLException {
    if (level == Connection.TRANSACTION_NONE) {
      throw new SQLFeatureNotSupportedException("SQLite has transactions always", "0A000");
    }
  }

  /** Whatever is asked for. */
  public int getTransactionIsolation() {
    return Connection.TRANSACTION_SERIALIZABLE;
  }

  public @Nullable SQLWarning getWarnings() {
    return null;
  }

  public void clearWarnings() {}

  public @Nullable String getCatalog() {
    return null;
  }

  public void setCatalog(@Nullable String catalog) {}

  public @Nullable String getSchema() {
    return null;
  }

  public void setSchema(@Nullable String schema) {}

  public void setHoldability(int holdability) throws SQLException {
    if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT) {
      throw new SQLFeatureNotSupportedException("Rows stay readable after a commit", "0A000");
    }
  }

  public int getHoldability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  /** There is no network. */
  public int getNetworkTimeout() {
    return 0;
  }

  public void setNetworkTimeout(Executor executor, int millis) throws SQLException {
    if (millis < 0) {
      throw new SQLException("A time-out can't be negative: " + millis, "22023");
    }
  }

  public Blob createBlob() {
    return new SqliteBlob(new byte[0]);
  }

  public Properties getClientInfo() {
    return new Properties();
  }
}
