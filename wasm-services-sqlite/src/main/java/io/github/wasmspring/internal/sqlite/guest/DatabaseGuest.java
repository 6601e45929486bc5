package io.github.wasmspring.internal.sqlite.guest;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.client.WasmSession;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A guest with the connection that it has. For one thread at a time, but for {@link
 * GuestRequests#cancel} and {@link GuestRequests#abort}. Once a call gives no answer, the guest is
 * gone: it says so from then on.
 */
public final class DatabaseGuest {

  /** How much later than SQLite itself the sandbox stops a call that is overdue. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** SQLite's number for the bytes that a statement takes. */
  private static final int STATEMENT_MEMORY = 99;

  /** So many bytes are not kept for somebody who may come. */
  private static final int BIG_STATEMENT = 64 << 10;

  private final GuestRequests context;
  private final GuestEnding ending;
  private final Cleaner.Cleanable end;
  private final SqliteExports exports;
  private final WasmMemory memory;
  private final int number;
  private final DatabaseState state;
  private StatementCache statements = new StatementCache(0);
  private int scratch;
  private int scratchLength;
  private @Nullable Throwable broken;
  private boolean closed;

  private DatabaseGuest(
      GuestRuntime runtime, GuestRequests context, WasmSession session, int number) {
    this.context = context;
    this.number = number;
    this.ending = new GuestEnding(runtime, context, session, number);
    this.end = runtime.cleaner().register(this, this.ending);
    this.exports = session.bind(SqliteExports.class);
    this.memory = session.memory();
    this.state = new DatabaseState(this);
  }

  /**
   * Opens a database.
   *
   * @param file without links, {@code null} for a database in memory
   * @param flags for SQLite
   * @throws SQLException if it can't be opened; nothing is left behind then
   */
  public static DatabaseGuest open(
      GuestRuntime runtime, GuestSettings settings, @Nullable Path file, int flags)
      throws SQLException {
    GuestRequests context =
        new GuestRequests(runtime.locks(), settings.directory(), settings.writes());
    int number = runtime.host().add(context);
    DatabaseGuest guest = null;
    boolean opened = false;
    try {
      WasmSession session = runtime.open(settings);
      guest = new DatabaseGuest(runtime, context, session, number);
      guest.open(file, flags);
      opened = true;
      return guest;
    } catch (WasmException failure) {
      throw new SQLNonTransientConnectionException(
          "SQLite could not be started: " + failure.getMessage(), "08001", failure);
    } finally {
      if (guest == null) {
        runtime.host().remove(number);
      } else if (!opened) {
        guest.close();
      }
    }
  }

  private void open(@Nullable Path file, int flags) throws SQLException {
    byte[] name = text(file == null ? ":memory:" : guestName(file));
    byte[] folder = text(file == null ? "" : GuestSettings.MOUNT);
    int address = scratch(name.length + folder.length);
    this.memory.write(address, name);
    this.memory.write(address + name.length, folder);
    this.context.begin(Duration.ZERO);
    int code =
        call(() -> this.exports.openDatabase(address, address + name.length, flags, this.number));
    if (code != ResultCode.OK) {
      SQLException failure =
          failure(code, "The database " + (file == null ? ":memory:" : file) + " can't be opened");
      throw ResultCode.primary(code) == ResultCode.CANTOPEN
          ? new SQLNonTransientConnectionException(failure.getMessage(), "08001", code, failure)
          : failure;
    }
  }

  private static String guestName(Path file) {
    return GuestSettings.MOUNT + "/" + file.getFileName();
  }

  private static byte[] text(String text) {
    return (text + '\0').getBytes(StandardCharsets.UTF_8);
  }

  public GuestRequests context() {
    return this.context;
  }

  /** Whether a call can still be answered. */
  public boolean isBroken() {
    return this.broken != null;
  }

  /** How many statements are kept that nobody uses, each for the next who prepares it. */
  public void keepStatements(int most) {
    this.statements = new StatementCache(most);
  }

  /**
   * @throws SQLFeatureNotSupportedException if there is more than one statement
   * @throws SQLException if it can't be prepared
   */
  public PreparedSql prepare(String sql) throws SQLException {
    requireUsable();
    if (!this.statements.keeps(sql)) {
      return prepareNew(sql);
    }
    for (int outdated : this.statements.outdated(this.state.schema())) {
      finishNow(outdated);
    }
    PreparedSql kept = this.statements.take(sql);
    if (kept != null) {
      return kept;
    }
    PreparedSql made = prepareNew(sql);
    this.statements.made(sql, made);
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
    int address = scratch(text.length);
    this.memory.write(address, text);
    this.context.begin(Duration.ZERO);
    this.context.tables().prepare();
    PreparedSql prepared = new PreparedSql(0, 0, 0, true);
    try {
      prepared = prepared(call(() -> this.exports.prepare(address, text.length)));
      return prepared;
    } finally {
      this.context.tables().prepared(prepared.handle());
    }
  }

  private PreparedSql prepared(long answer) throws SQLException {
    int code = (int) answer;
    if (code != ResultCode.OK) {
      throw failure(code, null);
    }
    int at = (int) (answer >>> Integer.SIZE);
    PreparedSql prepared =
        new PreparedSql(
            this.memory.readInt(at),
            this.memory.readInt(at + 4),
            this.memory.readInt(at + 8),
            this.memory.readInt(at + 12) != 0);
    if (this.memory.readInt(at + 16) != 0) {
      finish(prepared.handle());
      throw new SQLFeatureNotSupportedException(
          "There is more than one statement in the text; execute them one by one", "0A000");
    }
    return prepared;
  }

  /** Lets go of a statement. */
  public void finish(int handle) throws SQLException {
    boolean big =
        this.statements.isNew(handle) && counter(handle, STATEMENT_MEMORY) > BIG_STATEMENT;
    if (big) {
      this.statements.forget(handle);
    }
    if (big || !this.statements.isOurs(handle)) {
      finishNow(handle);
      return;
    }
    requireOk(call(() -> this.exports.recycle(handle)));
    int tooMany = this.statements.giveBack(handle);
    if (tooMany != 0) {
      finishNow(tooMany);
    }
  }

  private void finishNow(int handle) throws SQLException {
    this.context.tables().finished(handle);
    requireOk(call(() -> this.exports.finish(handle)));
  }

  /** Ends a statement before its last row. */
  public void reset(int handle) throws SQLException {
    requireOk(call(() -> this.exports.reset(handle)));
  }

  private void requireOk(int code) throws SQLException {
    if (code != ResultCode.OK) {
      throw failure(code, null);
    }
  }

  /**
   * Runs a statement up to so many rows, or so many bytes of them.
   *
   * @param timeout zero for none
   */
  public GuestRows run(
      int handle, ParameterBuffer parameters, int rows, int bytes, Duration timeout)
      throws SQLException {
    requireUsable();
    int length = parameters.length();
    int address = length == 0 ? 0 : scratch(length);
    if (length > 0) {
      this.memory.write(address, parameters.bytes(), 0, length);
    }
    WasmCallOptions options = begin(timeout);
    this.context.tables().running(handle);
    return rows(call(() -> this.exports.run(handle, address, length, rows, bytes, options)));
  }

  /** Further rows of a statement that is not complete. */
  public GuestRows step(int handle, int rows, int bytes, Duration timeout) throws SQLException {
    WasmCallOptions options = begin(timeout);
    this.context.tables().goingOn(handle);
    return rows(call(() -> this.exports.step(handle, rows, bytes, options)));
  }

  /**
   * Runs a statement for each of several rows of parameters.
   *
   * @param parameters all of them
   */
  public BatchOutcome batch(int handle, ParameterBuffer parameters, int times, Duration timeout)
      throws SQLException {
    requireUsable();
    int length = parameters.length();
    int address = scratch(Math.max(1, length));
    this.memory.write(address, parameters.bytes(), 0, length);
    WasmCallOptions options = begin(timeout);
    this.context.tables().running(handle);
    long answer = call(() -> this.exports.batch(handle, address, length, times, options));
    long[] pairs = read(answer).pairs();
    long[] changes = new long[pairs.length / 2];
    long[] rowids = new long[changes.length];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = pairs[2 * i];
      rowids[i] = pairs[2 * i + 1];
    }
    int code = (int) answer;
    SQLException failure = code == ResultCode.DONE ? null : stoppedOr(code);
    return new BatchOutcome(changes, rowids, failure);
  }

  public List<GuestColumn> describe(int handle) throws SQLException {
    long answer = call(() -> this.exports.describe(handle));
    if ((int) answer != ResultCode.OK) {
      throw failure((int) answer, null);
    }
    return GuestColumn.read(bytes(answer));
  }

  /** The states that it goes through, and who changes them. */
  public DatabaseState state() {
    return this.state;
  }

  /** One of SQLite's: 0 if no transaction is open, 1 if one reads, 2 if it writes. */
  int transaction() throws SQLException {
    return call(this.exports::transaction);
  }

  /** One of SQLite's counters of a statement, which begins anew then. */
  public int counter(int handle, int which) throws SQLException {
    return call(() -> this.exports.counter(handle, which));
  }

  public boolean isAutocommit() throws SQLException {
    return call(this.exports::autocommit) != 0;
  }

  /** Copies the database to a file of the same directory. */
  public void backup(Path file) throws SQLException {
    requireUsable();
    byte[] name = text(guestName(file));
    int address = scratch(name.length);
    this.memory.write(address, name);
    this.context.begin(Duration.ZERO);
    int code = call(() -> this.exports.backup(address));
    if (code != ResultCode.OK) {
      throw failure(code, "The backup to " + file + " failed");
    }
  }

  /** What a file of the database would hold. */
  public byte[] serialize() throws SQLException {
    this.context.begin(Duration.ZERO);
    long answer = call(this.exports::serialize);
    int address = (int) (answer >>> Integer.SIZE);
    if (address == 0) {
      throw failure(ResultCode.NOMEM, "The database could not be copied");
    }
    try {
      return this.memory.read(address, (int) answer);
    } finally {
      call(
          () -> {
            this.exports.release(address);
            return 0;
          });
    }
  }

  /** Rolls back what is open, and lets the guest go. */
  public void close() {
    if (this.closed) {
      return;
    }
    this.closed = true;
    try {
      if (this.broken == null) {
        this.exports.closeDatabase();
      }
    } catch (WasmException | IllegalStateException gone) {
      this.broken = gone;
    } finally {
      this.ending.expect();
      this.end.clean();
    }
  }

  private WasmCallOptions begin(Duration timeout) {
    this.context.begin(timeout);
    return timeout.isZero()
        ? WasmCallOptions.DEFAULTS
        : WasmCallOptions.timeout(timeout.plus(GRACE));
  }

  /** Room for what the guest is to read. */
  private int scratch(int length) throws SQLException {
    if (this.scratchLength < length) {
      int old = this.scratch;
      int oldLength = this.scratchLength;
      int wanted = Math.max(length, 4096);
      this.scratchLength = 0;
      if (old != 0) {
        call(
            () -> {
              this.exports.wasmFree(old, oldLength);
              return 0;
            });
      }
      this.scratch = call(() -> this.exports.wasmAlloc(wanted));
      if (this.scratch == 0) {
        throw SqliteErrors.of(
            ResultCode.NOMEM,
            "There is no room for %,d bytes of statement or parameters; raise memory_limit"
                .formatted(length));
      }
      this.scratchLength = wanted;
    }
    return this.scratch;
  }

  private GuestRows rows(long answer) throws SQLException {
    int code = (int) answer;
    if (code != ResultCode.ROW && code != ResultCode.DONE) {
      throw stoppedOr(code);
    }
    return read(answer);
  }

  private GuestRows read(long answer) {
    return new GuestRows(bytes(answer));
  }

  private byte[] bytes(long answer) {
    int address = (int) (answer >>> Integer.SIZE);
    return this.memory.read(address, this.memory.readInt(address + 4));
  }

  /** Why the guest did not go on. */
  private SQLException stoppedOr(int code) throws SQLException {
    boolean cancelled = this.context.isCancelled();
    boolean stopped =
        ResultCode.primary(code) == ResultCode.INTERRUPT
            || ResultCode.primary(code) == ResultCode.BUSY;
    if (stopped && this.context.wasOverdue()) {
      return SqliteErrors.timedOut("The statement ran longer than its query time-out");
    }
    return stopped && cancelled ? SqliteErrors.cancelled() : failure(code, null);
  }

  private SQLException failure(int code, @Nullable String attempt) throws SQLException {
    String text = message(code);
    IOException problem = this.context.problem();
    SQLException failure =
        SqliteErrors.of(
            code,
            (attempt == null ? "" : attempt + ": ")
                + text
                + advice(code)
                + (problem == null ? "" : ": " + problem.getMessage()));
    if (problem != null) {
      failure.initCause(problem);
    }
    return failure;
  }

  private String message(int code) throws SQLException {
    long answer = call(() -> this.exports.failure(code));
    if ((int) answer != ResultCode.OK) {
      return "out of memory";
    }
    byte[] bytes = bytes(answer);
    int offset = GuestRows.intAt(bytes, 32);
    String text = new String(bytes, 40, GuestRows.intAt(bytes, 36), StandardCharsets.UTF_8);
    return offset < 0 ? text : text + " (at byte " + offset + ")";
  }

  private static String advice(int code) {
    return switch (ResultCode.primary(code)) {
      case ResultCode.BUSY ->
          "; another connection or program holds the lock for longer than busy_timeout";
      case ResultCode.NOMEM -> "; the connection has all of its memory_limit";
      default -> "";
    };
  }

  /** The memory of a guest that is gone can't be written either. */
  private void requireUsable() throws SQLException {
    Throwable before = this.broken;
    if (before != null) {
      throw gone(before);
    }
    if (this.closed) {
      throw new SQLNonTransientConnectionException("The connection is closed", "08003");
    }
  }

  private <T> T call(Supplier<T> call) throws SQLException {
    requireUsable();
    try {
      return call.get();
    } catch (WasmException failure) {
      this.broken = failure;
      throw gone(failure);
    } catch (IllegalStateException taken) {
      this.broken = taken;
      throw gone(taken);
    }
  }

  private static SQLException gone(Throwable failure) {
    String message =
        "The connection is broken and can only be closed; what was not committed is lost: "
            + failure.getMessage();
    if (failure instanceof WasmException known && known.category() == WasmErrorCategory.TIMEOUT) {
      return new SQLTimeoutException(message, SqliteErrors.BROKEN, ResultCode.INTERRUPT, failure);
    }
    return new SQLNonTransientConnectionException(message, SqliteErrors.BROKEN, failure);
  }
}
