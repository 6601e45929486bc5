package io.github.wasmspring.sqlite.tools;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What one does with a database of this driver besides asking it. Each call takes a connection of
 * the data source and gives it back, so that pools and data sources of frameworks can stand before
 * it. Safe for use by several threads.
 */
public final class SqliteTools {

  private static final int USUAL_PROBLEMS = 100;

  private final DataSource source;
  private final SqlTransactions transactions;

  private SqliteTools(DataSource source) {
    this.source = source;
    this.transactions = new SqlTransactions(source);
  }

  /**
   * @param source of connections of {@code jdbc:wasm-sqlite:}, whatever has wrapped them
   */
  public static SqliteTools of(DataSource source) {
    return new SqliteTools(source);
  }

  /** A cache of its own, with the usual limits. */
  public QueryCache queryCache() {
    return queryCache(QueryCacheSettings.DEFAULTS);
  }

  /** A cache of its own. */
  public QueryCache queryCache(QueryCacheSettings settings) {
    return new QueryCache(this.source, settings);
  }

  /** As {@link #transaction(TransactionSettings, SqlWork)}, with the usual settings. */
  public <T extends @Nullable Object> T transaction(SqlWork<T> work) throws SQLException {
    return transaction(TransactionSettings.DEFAULTS, work);
  }

  /**
   * Runs what is given in one transaction, which is committed if it returns and rolled back if it
   * throws. Where another connection is in the way all of it is run again, so it should do nothing
   * else that can't be done twice. Inside of another on the same thread, or of a transaction that
   * has run something on the data source's connection or is Spring's, it is a savepoint of that,
   * and not run again.
   *
   * @return what it returns
   * @throws SQLException what it throws, or if it can't be committed
   */
  public <T extends @Nullable Object> T transaction(TransactionSettings settings, SqlWork<T> work)
      throws SQLException {
    return this.transactions.run(settings, work);
  }

  /**
   * Runs a statement for many rows of values, in one transaction: all or none. Rows are taken one
   * by one, and may be asked for again if another connection is in the way.
   *
   * @return how many rows of the database it has changed
   * @throws SQLException if a row fails; the message says which
   */
  public long batch(String sql, Iterable<? extends List<? extends @Nullable Object>> rows)
      throws SQLException {
    return transaction(connection -> SqlBatch.run(connection, sql, rows));
  }

  /**
   * How SQLite would run a statement, without running it.
   *
   * @throws SQLException if it can't be prepared
   */
  public QueryPlan plan(String sql) throws SQLException {
    try (BorrowedConnection borrowed = BorrowedConnection.of(this.source)) {
      return QueryPlan.of(borrowed.connection(), sql);
    }
  }

  /** As {@link #advise(List, AdvisorSettings)}, with the usual settings. */
  public IndexAdvice advise(List<WorkloadStatement> workload) throws SQLException {
    return advise(workload, AdvisorSettings.DEFAULTS);
  }

  /**
   * Which indexes would make statements cheaper. They are created, used and measured on a copy of
   * the database in a directory of its own; the database is only read.
   *
   * @throws SQLException if a statement fails, or the database is bigger than is copied
   */
  public IndexAdvice advise(List<WorkloadStatement> workload, AdvisorSettings settings)
      throws SQLException {
    IndexAdvisor.check(workload);
    try (DatabaseCopy copy = copy(settings);
        Connection connection = copy.connect()) {
      return new IndexAdvisor(connection, workload, settings).advise();
    }
  }

  private DatabaseCopy copy(AdvisorSettings settings) throws SQLException {
    try (BorrowedConnection borrowed = BorrowedConnection.of(this.source)) {
      return DatabaseCopy.of(borrowed.connection(), settings.databaseBytes());
    }
  }

  /** As {@link #optimise(OptimizeSettings)}, with the usual settings. */
  public OptimizeReport optimise() throws SQLException {
    return optimise(OptimizeSettings.DEFAULTS);
  }

  /**
   * Makes statistics by which SQLite chooses plans, and gives free pages back.
   *
   * @throws SQLException if it fails; statistics that were made before stay
   */
  public OptimizeReport optimise(OptimizeSettings settings) throws SQLException {
    try (BorrowedConnection borrowed = BorrowedConnection.of(this.source)) {
      return new DatabaseOptimization(borrowed.connection(), settings).run();
    }
  }

  /** As {@link #backup(Path, BackupSettings)}, with the usual settings. */
  public BackupReport backup(Path target) throws SQLException {
    return backup(target, BackupSettings.DEFAULTS);
  }

  /**
   * Copies the database, as it is at one moment, to a file anywhere, while others go on, as far as
   * the last attempt does not keep them waiting. The file gets its name when it is complete,
   * verified and on the disk.
   *
   * @throws SQLException if it fails; nothing is left of it then
   */
  public BackupReport backup(Path target, BackupSettings settings) throws SQLException {
    try (BorrowedConnection borrowed = BorrowedConnection.of(this.source)) {
      return new DatabaseBackup(target, settings).make(borrowed.connection());
    }
  }

  /** As {@link #integrityCheck(int)}, for a hundred. */
  public IntegrityReport integrityCheck() throws SQLException {
    return integrityCheck(USUAL_PROBLEMS);
  }

  /**
   * Looks the whole database through: the file, the indexes, the constraints of columns, and
   * foreign keys.
   *
   * @param most problems and orphans that are told, each
   * @throws SQLException if it can't be asked; damage is no failure of the check
   */
  public IntegrityReport integrityCheck(int most) throws SQLException {
    try (BorrowedConnection borrowed = BorrowedConnection.of(this.source)) {
      return IntegrityCheck.full(borrowed.connection(), most);
    }
  }
}
