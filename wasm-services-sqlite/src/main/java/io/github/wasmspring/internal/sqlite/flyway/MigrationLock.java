package io.github.wasmspring.internal.sqlite.flyway;

import io.github.wasmspring.internal.sqlite.jdbc.DatabaseUrl;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * What one migration of a database has at a time, of this process or of another. SQLite's own lock
 * ends with a transaction, and some scripts have none. It is the lock of a file beside the
 * database, which stays: who deleted it would let one in that has waited for the deleted file, and
 * one that makes another.
 */
final class MigrationLock {

  private static final String SUFFIX = "-migration";
  private static final long PAUSE_NANOS = 50_000_000;
  private static final long RETRY_NANOS = 1_000_000_000;

  private final FileChannel channel;

  private MigrationLock(FileChannel channel) {
    this.channel = channel;
  }

  /** The file of a database, {@code null} for one in memory. */
  static @Nullable Path fileOf(Connection connection) throws SQLException {
    Path file = DatabaseUrl.parse(connection.getMetaData().getURL(), new Properties()).file();
    if (file == null) {
      return null;
    }
    try {
      return file.toRealPath();
    } catch (IOException notThere) {
      return file.toAbsolutePath();
    }
  }

  /**
   * @param retries how many seconds to wait, below zero for ever
   * @throws FlywayException if another migration takes longer, or the file can't be locked
   */
  static MigrationLock take(Path database, int retries) {
    Path file = database.resolveSibling(database.getFileName() + SUFFIX);
    long start = System.nanoTime();
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      while (!isLocked(channel)) {
        if (retries >= 0 && System.nanoTime() - start >= retries * RETRY_NANOS) {
          throw new FlywayException(
              "Another migration has locked %s for longer than %d s; see what it does, or raise lockRetryCount"
                  .formatted(file, retries));
        }
        LockSupport.parkNanos(PAUSE_NANOS);
        if (Thread.currentThread().isInterrupted()) {
          throw new FlywayException("Interrupted while waiting for the migration lock " + file);
        }
      }
      taken = true;
      return new MigrationLock(channel);
    } catch (IOException failure) {
      throw new FlywayException("The migration lock %s can't be taken".formatted(file), failure);
    } finally {
      if (channel != null && !taken) {
        close(channel);
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException ofThisProcess) {
      return false;
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new FlywayException("A migration lock can't be given up", failure);
    }
  }

  /** Gives the lock up. */
  void close() {
    close(this.channel);
  }
}
