package io.github.wasmspring.internal.sqlite.jdbc;

import io.github.wasmspring.internal.sqlite.guest.DatabaseGuest;
import io.github.wasmspring.internal.sqlite.guest.GuestRows;
import io.github.wasmspring.internal.sqlite.guest.ParameterBuffer;
import io.github.wasmspring.internal.sqlite.guest.PreparedSql;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** Executes one statement after the other; each ends the rows of the one before. */
class SqliteStatement extends JdbcObject {

  private static final int ROWS_AT_ONCE = 1000;
  private static final int BYTES_AT_ONCE = 256 << 10;

  private final SqliteConnection connection;
  private final Statement proxy;
  private final List<String> batch = new ArrayList<>();
  private Duration timeout = Duration.ZERO;
  private int fetchSize;
  private long maxRows;
  private @Nullable SqliteResultSet rows;
  private long changes = -1;
  private @Nullable String keyName;
  private List<Long> keys = List.of();
  private @Nullable SqliteStatement keyQuery;
  private boolean outsideTransactions;
  private volatile long run;
  private boolean closed;

  SqliteStatement(SqliteConnection connection) {
    this.connection = connection;
    this.proxy = makeProxy();
  }

  Statement makeProxy() {
    return JdbcProxy.of(Statement.class, this);
  }

  Statement proxy() {
    return this.proxy;
  }

  @Override
  Lock lock() {
    return this.connection.lock();
  }

  @Override
  void requireOpen() throws SQLException {
    this.connection.requireOpen();
    if (this.closed) {
      throw new SQLException("The statement is closed", "HY010");
    }
  }

  DatabaseGuest guest() {
    return this.connection.guest();
  }

  SqliteConnection connection() {
    return this.connection;
  }

  void generateKeys(@Nullable String name) {
    this.keyName = name;
  }

  /** It begins no transaction. */
  void outsideTransactions() {
    this.outsideTransactions = true;
  }

  Duration timeout() {
    return this.timeout;
  }

  int rowsAtOnce() {
    return this.fetchSize > 0 ? this.fetchSize : ROWS_AT_ONCE;
  }

  /**
   * Runs a prepared statement.
   *
   * @param owned whether the statement is let go with its rows
   * @return whether there are rows
   */
  boolean run(String sql, PreparedSql prepared, ParameterBuffer parameters, boolean owned)
      throws SQLException {
    closeRows();
    this.changes = -1;
    this.keys = List.of();
    boolean kept = false;
    try {
      if (prepared.handle() == 0) {
        this.changes = 0;
        return false;
      }
      GuestRows answer = cancellable(() -> start(sql, prepared, parameters));
      if (prepared.columns() > 0) {
        this.rows = new SqliteResultSet(this, prepared, answer, owned, this.maxRows);
        kept = true;
        return true;
      }
      this.changes = answer.changes();
      this.keys = answer.changes() > 0 ? List.of(answer.rowid()) : List.of();
      return false;
    } finally {
      if (owned && !kept && prepared.handle() != 0 && !guest().isBroken()) {
        guest().finish(prepared.handle());
      }
    }
  }

  private GuestRows start(String sql, PreparedSql prepared, ParameterBuffer parameters)
      throws SQLException {
    if (!this.outsideTransactions) {
      this.connection.beginFor(sql);
    }
    return guest().run(prepared.handle(), parameters, rowsAtOnce(), BYTES_AT_ONCE, this.timeout);
  }

  GuestRows step(PreparedSql prepared) throws SQLException {
    return cancellable(
        () -> guest().step(prepared.handle(), rowsAtOnce(), BYTES_AT_ONCE, this.timeout));
  }

  /** What {@link #cancel} stops; what is inside of another is part of that. */
  <T> T cancellable(SqlCall<T> call) throws SQLException {
    if (this.run != 0) {
      return call.make();
    }
    this.run = guest().context().beginRun();
    try {
      return call.make();
    } finally {
      this.run = 0;
      guest().context().endRun();
    }
  }

  /** What takes a while in the guest. */
  @FunctionalInterface
  interface SqlCall<T> {
    T make() throws SQLException;
  }

  public boolean execute(String sql) throws SQLException {
    PreparedSql prepared = guest().prepare(sql);
    if (prepared.parameters() > 0) {
      guest().finish(prepared.handle());
      throw new SQLException(
          "The statement has parameters; prepare it with prepareStatement", "07002");
    }
    return run(sql, prepared, new ParameterBuffer(), true);
  }

  public boolean execute(String sql, int generated) throws SQLException {
    generateKeys(generated == Statement.RETURN_GENERATED_KEYS ? "rowid" : null);
    return execute(sql);
  }

  public ResultSet executeQuery(String sql) throws SQLException {
    execute(sql);
    return requireRows();
  }

  ResultSet requireRows() throws SQLException {
    if (this.rows == null) {
      throw new SQLException("The statement answers no rows; use executeUpdate", "02000");
    }
    return this.rows.proxy();
  }

  public int executeUpdate(String sql) throws SQLException {
    execute(sql);
    return updated();
  }

  public int executeUpdate(String sql, int generated) throws SQLException {
    execute(sql, generated);
    return updated();
  }

  public long executeLargeUpdate(String sql) throws SQLException {
    execute(sql);
    return Math.max(0, this.changes);
  }

  int updated() throws SQLException {
    if (this.rows != null) {
      closeRows();
      throw new SQLException("The statement answers rows; use executeQuery", "02000");
    }
    return getUpdateCount();
  }

  public @Nullable ResultSet getResultSet() {
    return this.rows == null ? null : this.rows.proxy();
  }

  public int getUpdateCount() {
    return (int) Math.min(Integer.MAX_VALUE, this.changes);
  }

  public long getLargeUpdateCount() {
    return this.changes;
  }

  public boolean getMoreResults() throws SQLException {
    closeRows();
    this.changes = -1;
    return false;
  }

  /** The row id of what was inserted, in one column. */
  public ResultSet getGeneratedKeys() throws SQLException {
    String name = this.keyName == null ? "rowid" : this.keyName;
    String ids = (this.keyName == null ? List.<Long>of() : this.keys).toString();
    closeKeys();
    SqliteStatement asked = new SqliteStatement(this.connection);
    asked.outsideTransactions();
    this.keyQuery = asked;
    return asked.executeQuery(
        "SELECT value AS \"%s\" FROM json_each('%s')".formatted(name.replace("\"", "\"\""), ids));
  }

  void keys(List<Long> made) {
    this.keys = made;
  }

  private void closeKeys() throws SQLException {
    SqliteStatement asked = this.keyQuery;
    this.keyQuery = null;
    if (asked != null) {
      asked.close();
    }
  }

  void closeRows() throws SQLException {
    closeKeys();
    SqliteResultSet open = this.rows;
    this.rows = null;
    if (open != null) {
      open.close();
    }
  }

  public void addBatch(String sql) {
    this.batch.add(sql);
  }

  public void clearBatch() {
    this.batch.clear();
  }

  public int[] executeBatch() throws SQLException {
    return cancellable(this::runBatch);
  }

  private int[] runBatch() throws SQLException {
    int[] counts = new int[this.batch.size()];
    int done = 0;
    try {
      for (String sql : this.batch) {
        guest().context().requireNotCancelled();
        counts[done] = executeUpdate(sql);
        done++;
      }
      return counts;
    } catch (SQLException failure) {
      throw new BatchUpdateException(
          failure.getMessage(),
          failure.getSQLState(),
          failure.getErrorCode(),
          Arrays.copyOf(counts, done),
          failure);
    } finally {
      this.batch.clear();
    }
  }

  /** From any thread: the statement that runs stops, and nothing happens if none does. */
  public void cancel() {
    long seen = this.run;
    if (seen != 0) {
      guest().context().cancel(seen);
    }
  }

  public void setQueryTimeout(int seconds) throws SQLException {
    this.timeout = Duration.ofSeconds(notNegative(seconds));
  }

  private static int notNegative(int number) throws SQLException {
    return (int) notNegative((long) number);
  }

  private static long notNegative(long number) throws SQLException {
    if (number < 0) {
      throw new SQLException("It can't be negative: " + number, "22023");
    }
    return number;
  }

  public int getQueryTimeout() {
    return (int) this.timeout.toSeconds();
  }

  public void setFetchSize(int rows) throws SQLException {
    this.fetchSize = notNegative(rows);
  }

  public int getFetchSize() {
    return this.fetchSize;
  }

  public void setMaxRows(int rows) throws SQLException {
    this.maxRows = notNegative(rows);
  }

  public int getMaxRows() {
    return (int) Math.min(Integer.MAX_VALUE, this.maxRows);
  }

  public void setLargeMaxRows(long rows) throws SQLException {
    this.maxRows = notNegative(rows);
  }

  public long getLargeMaxRows() {
    return this.maxRows;
  }

  public int getFetchDirection() {
    return ResultSet.FETCH_FORWARD;
  }

  public void setEscapeProcessing(boolean enabled) {}

  public void setPoolable(boolean poolable) {}

  public boolean isPoolable() {
    return false;
  }

  public @Nullable SQLWarning getWarnings() {
    return null;
  }

  public void clearWarnings() {}

  public Connection getConnection() {
    return this.connection.proxy();
  }

  public int getResultSetType() {
    return ResultSet.TYPE_FORWARD_ONLY;
  }

  public int getResultSetConcurrency() {
    return ResultSet.CONCUR_READ_ONLY;
  }

  public int getResultSetHoldability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  public void close() throws SQLException {
    if (!this.closed) {
      this.closed = true;
      if (!this.connection.isClosed()) {
        closeRows();
        letGo();
      }
      this.connection.forget(this);
    }
  }

  /** Lets go of what was prepared. */
  void letGo() throws SQLException {}

  void closed() {
    this.closed = true;
  }

  public boolean isClosed() {
    return this.closed;
  }
}
