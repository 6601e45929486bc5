package io.github.wasmspring.internal.sqlite.guest;

import io.github.wasmspring.internal.sqlite.lock.DatabaseVersion;
import io.github.wasmspring.internal.sqlite.lock.FileUser;
import io.github.wasmspring.internal.sqlite.lock.LockLevel;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In what state a guest's database is, as the guest's statements would find it. */
public final class DatabaseState {

  private static final int READS = 1;
  private static final int WRITES = 2;

  private final DatabaseGuest guest;

  DatabaseState(DatabaseGuest guest) {
    this.guest = guest;
  }

  private GuestRequests context() {
    return this.guest.context();
  }

  /**
   * Of a file it is known without a lock: who commits has written the version before. Where nobody
   * else can write, the guest counts what it does.
   *
   * @return {@code null} if it is not known, or a transaction that writes is open
   */
  public @Nullable DatabaseVersion version() throws SQLException {
    if (this.guest.transaction() == WRITES) {
      return null;
    }
    FileUser file = file();
    LockLevel level = file == null ? LockLevel.EXCLUSIVE : context().level(file);
    if (file == null || level == LockLevel.EXCLUSIVE) {
      return context().tables().version();
    }
    try {
      return level == LockLevel.NONE || level == LockLevel.SHARED ? file.version() : null;
    } catch (IOException failure) {
      throw unreadable(failure);
    }
  }

  private static SQLException unreadable(IOException failure) {
    SQLException told =
        SqliteErrors.of(
            ResultCode.IOERR_READ, "The header of the database can't be read: " + failure);
    told.initCause(failure);
    return told;
  }

  /** Whether nobody can have written any of the tables, in lower case, between two versions. */
  public boolean isUnchanged(DatabaseVersion then, DatabaseVersion now, Set<String> tables) {
    FileUser file = file();
    return context().tables().isUnchanged(then, now, tables)
        || file != null && file.isUnchanged(then, now, tables);
  }

  /** Whether there may be temporary tables, which stand before others of the same name. */
  public boolean hasTemporaryTables() {
    return context().tables().isTemporary();
  }

  /** Whether a transaction is open that has read, and has not written. */
  public boolean isReading() throws SQLException {
    return this.guest.transaction() == READS;
  }

  /** Whether a transaction is open that has written. */
  public boolean isWriting() throws SQLException {
    return this.guest.transaction() == WRITES;
  }

  /** Its own file, {@code null} if it is in memory. */
  public @Nullable FileUser file() {
    return context().mainFile();
  }

  /** Another number once the guest has changed the schema, or read that somebody has. */
  long schema() {
    return context().tables().schemas() << Integer.SIZE
        | Integer.toUnsignedLong(context().schema());
  }
}
