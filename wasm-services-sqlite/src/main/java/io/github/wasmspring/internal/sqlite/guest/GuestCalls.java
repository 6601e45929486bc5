package io.github.wasmspring.internal.sqlite.guest;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.client.WasmSession;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a guest, and what is written into its memory and read from there. Once a call gives no
 * answer, the guest is gone: all that follow say so.
 */
final class GuestCalls {

  private static final int LEAST_ROOM = 4096;

  private final SqliteExports exports;
  private final WasmMemory memory;
  private int room;
  private int roomLength;
  private @Nullable Throwable broken;
  private boolean closed;

  GuestCalls(WasmSession session) {
    this.exports = session.bind(SqliteExports.class);
    this.memory = session.memory();
  }

  SqliteExports exports() {
    return this.exports;
  }

  WasmMemory memory() {
    return this.memory;
  }

  /** Whether a call can still be answered. */
  boolean isBroken() {
    return this.broken != null;
  }

  /** The memory of a guest that is gone can't be written either. */
  void requireUsable() throws SQLException {
    Throwable before = this.broken;
    if (before != null) {
      throw gone(before);
    }
    if (this.closed) {
      throw new SQLNonTransientConnectionException("The connection is closed", "08003");
    }
  }

  <T> T call(Supplier<T> call) throws SQLException {
    requireUsable();
    try {
      return call.get();
    } catch (WasmException | IllegalStateException failure) {
      this.broken = failure;
      throw gone(failure);
    }
  }

  /** The same where nothing is answered. */
  void run(Runnable call) throws SQLException {
    call(
        () -> {
          call.run();
          return true;
        });
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

  /** Writes what the guest is to read, in place of what was written last; answers where it is. */
  int give(byte[] bytes, int length) throws SQLException {
    requireUsable();
    int address = room(length);
    this.memory.write(address, bytes, 0, length);
    return address;
  }

  private int room(int length) throws SQLException {
    if (this.roomLength < length) {
      int old = this.room;
      int oldLength = this.roomLength;
      int wanted = Math.max(length, LEAST_ROOM);
      this.roomLength = 0;
      if (old != 0) {
        run(() -> this.exports.wasmFree(old, oldLength));
      }
      this.room = call(() -> this.exports.wasmAlloc(wanted));
      if (this.room == 0) {
        throw SqliteErrors.of(
            ResultCode.NOMEM,
            "There is no room for %,d bytes of statement or parameters; raise memory_limit"
                .formatted(length));
      }
      this.roomLength = wanted;
    }
    return this.room;
  }

  /** The buffer that an answer has in its upper half. */
  byte[] bytes(long answer) {
    int address = (int) (answer >>> Integer.SIZE);
    return this.memory.read(address, this.memory.readInt(address + 4));
  }

  /**
   * Ends the database if the guest still answers; there are no calls after that.
   *
   * @return whether this was the first time
   */
  boolean close() {
    if (this.closed) {
      return false;
    }
    this.closed = true;
    try {
      if (this.broken == null) {
        this.exports.closeDatabase();
      }
    } catch (WasmException | IllegalStateException failure) {
      this.broken = failure;
    }
    return true;
  }
}
