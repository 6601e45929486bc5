package io.github.wasmspring.sqlite.tools;

import io.github.wasmspring.internal.sqlite.jdbc.GuestAccess;
import io.github.wasmspring.internal.sqlite.lock.DatabaseVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Copies a database as it is at one moment. The host reads the file in slices, each in a
 * transaction that reads; between them others write, and the copy begins again. The last attempt
 * keeps them from committing until it is done.
 */
final class DatabaseCopier {

  private static final int CHUNK = 1 << 20;
  private static final int ATTEMPTS = 3;

  /** In the header of a file, from here two bytes: 1 for a rollback journal, 2 for a log. */
  private static final int FORMATS = 18;

  private final Connection connection;
  private final GuestAccess access;
  private final FileChannel target;
  private final BackupProgress progress;
  private final long slice;
  private int restarts;

  /**
   * @param slice bytes that are read in one transaction
   */
  DatabaseCopier(Connection connection, FileChannel target, BackupProgress progress, long slice)
      throws SQLException {
    this.connection = connection;
    this.access = ToolConnections.access(connection);
    this.target = target;
    this.progress = progress;
    this.slice = slice;
  }

  int restarts() {
    return this.restarts;
  }

  /**
   * @return how many bytes it has
   */
  long copy() throws SQLException, IOException {
    if (this.access.path() == null) {
      return write(this.access.serialize());
    }
    if ("wal".equals(ask("PRAGMA main.journal_mode").get(0).get(0))) {
      checkpoint();
    }
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      long size = inSlices(this.slice);
      if (size >= 0) {
        return size;
      }
      this.restarts++;
    }
    return inSlices(Long.MAX_VALUE);
  }

  private SqlRows ask(String sql) throws SQLException {
    return SqlRows.read(this.connection, sql, List.of());
  }

  private void checkpoint() throws SQLException {
    SqlRow done = ask("PRAGMA main.wal_checkpoint(TRUNCATE)").get(0);
    if (done.getLong("busy") != 0) {
      throw new SQLException(
          "The write-ahead log can't be written back while rows are read or written by the connection; end that first",
          "25001");
    }
  }

  private long write(byte[] bytes) throws SQLException, IOException {
    write(bytes, bytes.length, 0);
    tell(bytes.length, bytes.length);
    return bytes.length;
  }

  /** The bytes of the copy, -1 if somebody wrote in between. */
  private long inSlices(long most) throws SQLException, IOException {
    DatabaseVersion first = null;
    long done = 0;
    long size;
    do {
      try (ReadSnapshot snapshot = ReadSnapshot.begin(this.connection, this.access)) {
        size = size();
        DatabaseVersion version = snapshot.versionOfFile();
        if (version == null) {
          throw new SQLException(
              "The database can't be copied while a transaction of this connection writes, or another program keeps a write-ahead log",
              "25001");
        }
        if (first != null && !first.equals(version)) {
          return -1;
        }
        first = version;
        long end = most > size - done ? size : done + most;
        done = slice(done, end, size, most == Long.MAX_VALUE);
      }
      // By now others can write, however long it takes who is told.
      tell(done, size);
    } while (done < size);
    this.target.truncate(size);
    return size;
  }

  private long size() throws SQLException {
    return ask("PRAGMA main.page_count").get(0).getLong("page_count")
        * ask("PRAGMA main.page_size").get(0).getLong("page_size");
  }

  private long slice(long from, long end, long size, boolean tells)
      throws SQLException, IOException {
    long done = from;
    while (done < end) {
      byte[] chunk = new byte[(int) Math.min(CHUNK, end - done)];
      int count = this.access.read(chunk, done);
      if (count <= 0) {
        throw new SQLException(
            "The file of the database ends after %,d of %,d bytes".formatted(done, size), "XX001");
      }
      write(chunk, count, done);
      done += count;
      if (tells) {
        tell(done, size);
      }
    }
    return done;
  }

  private void write(byte[] chunk, int length, long position) throws IOException {
    if (position == 0 && length > FORMATS + 1 && chunk[FORMATS] == 2) {
      // The copy has no log beside it.
      chunk[FORMATS] = 1;
      chunk[FORMATS + 1] = 1;
    }
    ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, length);
    long at = position;
    while (bytes.hasRemaining()) {
      at += this.target.write(bytes, at);
    }
  }

  private void tell(long done, long size) throws SQLException {
    if (Thread.currentThread().isInterrupted() || !this.progress.copied(done, size)) {
      throw new SQLException(
          "The copy was given up after %,d of %,d bytes".formatted(done, size), "57014");
    }
  }
}
