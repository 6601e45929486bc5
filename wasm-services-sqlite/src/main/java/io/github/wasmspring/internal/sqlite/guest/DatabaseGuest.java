package io.github.wasmspring.internal.sqlite.guest;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmSession;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A guest with the connection that it has. For one thread at a time, but for {@link
 * GuestRequests#cancel} and {@link GuestRequests#abort}. Once a call gives no answer, the guest is
 * gone: it says so from then on.
 */
public final class DatabaseGuest {

  private final GuestRequests context;
  private final GuestEnding ending;
  private final Cleaner.Cleanable end;
  private final GuestCalls calls;
  private final GuestFailures failures;
  private final GuestStatements statements;
  private final int number;
  private final DatabaseState state;

  private DatabaseGuest(
      GuestRuntime runtime, GuestRequests context, WasmSession session, int number) {
    this.context = context;
    this.number = number;
    this.ending = new GuestEnding(runtime, context, session, number);
    this.end = runtime.cleaner().register(this, this.ending);
    this.calls = new GuestCalls(session);
    this.failures = new GuestFailures(this.calls, context);
    this.statements = new GuestStatements(this.calls, this.failures, context);
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
    String name = (file == null ? ":memory:" : guestName(file)) + '\0';
    byte[] texts = text(name + (file == null ? "" : GuestSettings.MOUNT));
    int address = this.calls.give(texts, texts.length);
    int folder = address + name.getBytes(StandardCharsets.UTF_8).length;
    this.context.begin(Duration.ZERO);
    int code =
        this.calls.call(
            () -> this.calls.exports().openDatabase(address, folder, flags, this.number));
    if (code != ResultCode.OK) {
      SQLException failure =
          this.failures.of(
              code, "The database " + (file == null ? ":memory:" : file) + " can't be opened");
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
    return this.calls.isBroken();
  }

  /** How many statements are kept that nobody uses, each for the next who prepares it. */
  public void keepStatements(int most) {
    this.statements.keep(most);
  }

  /**
   * @throws SQLFeatureNotSupportedException if there is more than one statement
   * @throws SQLException if it can't be prepared
   */
  public PreparedSql prepare(String sql) throws SQLException {
    return this.statements.prepare(sql, this.state);
  }

  /** Lets go of a statement. */
  public void finish(int handle) throws SQLException {
    this.statements.finish(handle);
  }

  /** Ends a statement before its last row. */
  public void reset(int handle) throws SQLException {
    this.statements.reset(handle);
  }

  /**
   * Runs a statement up to so many rows, or so many bytes of them.
   *
   * @param timeout zero for none
   */
  public GuestRows run(
      int handle, ParameterBuffer parameters, int rows, int bytes, Duration timeout)
      throws SQLException {
    return this.statements.run(handle, parameters, rows, bytes, timeout);
  }

  /** Further rows of a statement that is not complete. */
  public GuestRows step(int handle, int rows, int bytes, Duration timeout) throws SQLException {
    return this.statements.step(handle, rows, bytes, timeout);
  }

  /**
   * Runs a statement for each of several rows of parameters.
   *
   * @param parameters all of them
   */
  public BatchOutcome batch(int handle, ParameterBuffer parameters, int times, Duration timeout)
      throws SQLException {
    return this.statements.batch(handle, parameters, times, timeout);
  }

  public List<GuestColumn> describe(int handle) throws SQLException {
    return this.statements.describe(handle);
  }

  /** The states that it goes through, and who changes them. */
  public DatabaseState state() {
    return this.state;
  }

  /** One of SQLite's: 0 if no transaction is open, 1 if one reads, 2 if it writes. */
  int transaction() throws SQLException {
    return this.calls.call(this.calls.exports()::transaction);
  }

  /** One of SQLite's counters of a statement, which begins anew then. */
  public int counter(int handle, int which) throws SQLException {
    return this.statements.counter(handle, which);
  }

  public boolean isAutocommit() throws SQLException {
    return this.calls.call(this.calls.exports()::autocommit) != 0;
  }

  /** Copies the database to a file of the same directory. */
  public void backup(Path file) throws SQLException {
    byte[] name = text(guestName(file));
    int address = this.calls.give(name, name.length);
    this.context.begin(Duration.ZERO);
    int code = this.calls.call(() -> this.calls.exports().backup(address));
    if (code != ResultCode.OK) {
      throw this.failures.of(code, "The backup to " + file + " failed");
    }
  }

  /** What a file of the database would hold. */
  public byte[] serialize() throws SQLException {
    this.context.begin(Duration.ZERO);
    long answer = this.calls.call(this.calls.exports()::serialize);
    int address = (int) (answer >>> Integer.SIZE);
    if (address == 0) {
      throw this.failures.of(ResultCode.NOMEM, "The database could not be copied");
    }
    try {
      return this.calls.memory().read(address, (int) answer);
    } finally {
      this.calls.run(() -> this.calls.exports().release(address));
    }
  }

  /** Rolls back what is open, and lets the guest go. */
  public void close() {
    if (this.calls.close()) {
      this.ending.expect();
      this.end.clean();
    }
  }
}
