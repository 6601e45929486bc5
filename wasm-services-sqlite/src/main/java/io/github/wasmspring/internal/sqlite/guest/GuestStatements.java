package io.github.wasmspring.internal.sqlite.guest;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmMemory;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.time.Duration;
import java.util.List;

/** The statements of a guest: prepared, kept for who prepares them again, run. */
final class GuestStatements {

  /** How much later than SQLite itself the sandbox stops a call that is overdue. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** SQLite's number for the bytes that a statement takes. */
  private static final int STATEMENT_MEMORY = 99;

  /** So many bytes are not kept for somebody who may come. */
  private static final int BIG_STATEMENT = 64 << 10;

  private final GuestCalls calls;
  private final SqliteExports exports;
  private final GuestFailures failures;
  private final GuestRequests context;
  private StatementCache kept = new StatementCache(0);

  GuestStatements(GuestCalls calls, GuestFailures failures, GuestRequests context) {
    this.calls = calls;
    this.exports = calls.exports();
    this.failures = failures;
    this.context = context;
  }

  void keep(int most) {
    this.kept = new StatementCache(most);
  }

  /**
   * @param state of the database, which outdates statements
   */
  PreparedSql prepare(String sql, DatabaseState state) throws SQLException {
    this.calls.requireUsable();
    if (!this.kept.keeps(sql)) {
      return prepareNew(sql);
    }
    for (int outdated : this.kept.outdated(state.schema())) {
      finishNow(outdated);
    }
    PreparedSql known = this.kept.take(sql);
    if (known != null) {
      return known;
    }
    PreparedSql made = prepareNew(sql);
    this.kept.made(sql, made);
    return made;
  }

  private PreparedSql prepareNew(String sql) throws SQLException {
    if (sql.indexOf('\0') >= 0) {
      throw new SQLSyntaxErrorException(
          "The text of the statement has a NUL character at %d; give such text as a parameter"
              .formatted(sql.indexOf('\0')),
          "42000");
    }
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    int address = this.calls.give(text, text.length);
    this.context.begin(Duration.ZERO);
    this.context.tables().prepare();
    PreparedSql prepared = new PreparedSql(0, 0, 0, true);
    try {
      prepared = prepared(this.calls.call(() -> this.exports.prepare(address, text.length)));
      return prepared;
    } finally {
      this.context.tables().prepared(prepared.handle());
    }
  }

  private PreparedSql prepared(long answer) throws SQLException {
    int code = (int) answer;
    if (code != ResultCode.OK) {
      throw this.failures.of(code, null);
    }
    int at = (int) (answer >>> Integer.SIZE);
    WasmMemory memory = this.calls.memory();
    PreparedSql prepared =
        new PreparedSql(
            memory.readInt(at),
            memory.readInt(at + 4),
            memory.readInt(at + 8),
            memory.readInt(at + 12) != 0);
    if (memory.readInt(at + 16) != 0) {
      finish(prepared.handle());
      throw new SQLFeatureNotSupportedException(
          "There is more than one statement in the text; execute them one by one", "0A000");
    }
    return prepared;
  }

  /** Lets go of a statement. */
  void finish(int handle) throws SQLException {
    boolean big = this.kept.isNew(handle) && counter(handle, STATEMENT_MEMORY) > BIG_STATEMENT;
    if (big) {
      this.kept.forget(handle);
    }
    if (big || !this.kept.isOurs(handle)) {
      finishNow(handle);
      return;
    }
    this.failures.requireOk(this.calls.call(() -> this.exports.recycle(handle)));
    int tooMany = this.kept.giveBack(handle);
    if (tooMany != 0) {
      finishNow(tooMany);
    }
  }

  private void finishNow(int handle) throws SQLException {
    this.context.tables().finished(handle);
    this.failures.requireOk(this.calls.call(() -> this.exports.finish(handle)));
  }

  /** Ends a statement before its last row. */
  void reset(int handle) throws SQLException {
    this.failures.requireOk(this.calls.call(() -> this.exports.reset(handle)));
  }

  /**
   * Runs a statement up to so many rows, or so many bytes of them.
   *
   * @param timeout zero for none
   */
  GuestRows run(int handle, ParameterBuffer parameters, int rows, int bytes, Duration timeout)
      throws SQLException {
    this.calls.requireUsable();
    int length = parameters.length();
    int address = length == 0 ? 0 : this.calls.give(parameters.bytes(), length);
    WasmCallOptions options = begin(timeout);
    this.context.tables().running(handle);
    return rows(
        this.calls.call(() -> this.exports.run(handle, address, length, rows, bytes, options)));
  }

  /** Further rows of a statement that is not complete. */
  GuestRows step(int handle, int rows, int bytes, Duration timeout) throws SQLException {
    WasmCallOptions options = begin(timeout);
    this.context.tables().goingOn(handle);
    return rows(this.calls.call(() -> this.exports.step(handle, rows, bytes, options)));
  }

  /**
   * Runs a statement for each of several rows of parameters.
   *
   * @param parameters all of them
   */
  BatchOutcome batch(int handle, ParameterBuffer parameters, int times, Duration timeout)
      throws SQLException {
    this.calls.requireUsable();
    int length = parameters.length();
    int address = this.calls.give(parameters.bytes(), length);
    WasmCallOptions options = begin(timeout);
    this.context.tables().running(handle);
    long answer =
        this.calls.call(() -> this.exports.batch(handle, address, length, times, options));
    long[] pairs = new GuestRows(this.calls.bytes(answer)).pairs();
    long[] changes = new long[pairs.length / 2];
    long[] rowids = new long[changes.length];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = pairs[2 * i];
      rowids[i] = pairs[2 * i + 1];
    }
    int code = (int) answer;
    SQLException failure = code == ResultCode.DONE ? null : this.failures.stoppedOr(code);
    return new BatchOutcome(changes, rowids, failure);
  }

  List<GuestColumn> describe(int handle) throws SQLException {
    long answer = this.calls.call(() -> this.exports.describe(handle));
    if ((int) answer != ResultCode.OK) {
      throw this.failures.of((int) answer, null);
    }
    return GuestColumn.read(this.calls.bytes(answer));
  }

  int counter(int handle, int which) throws SQLException {
    return this.calls.call(() -> this.exports.counter(handle, which));
  }

  private WasmCallOptions begin(Duration timeout) {
    this.context.begin(timeout);
    return timeout.isZero()
        ? WasmCallOptions.DEFAULTS
        : WasmCallOptions.timeout(timeout.plus(GRACE));
  }

  private GuestRows rows(long answer) throws SQLException {
    int code = (int) answer;
    if (code != ResultCode.ROW && code != ResultCode.DONE) {
      throw this.failures.stoppedOr(code);
    }
    return new GuestRows(this.calls.bytes(answer));
  }
}
