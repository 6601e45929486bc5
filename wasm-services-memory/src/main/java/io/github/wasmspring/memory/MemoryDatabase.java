package io.github.wasmspring.memory;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens connections of the database, and sees to it that it is the one that it should be. */
final class MemoryDatabase {

  /**
   * Kibibytes of changed pages that a transaction has before it begins to write them, for which it
   * would have to wait for readers.
   */
  private static final int CHANGED_PAGES = 16 << 10;

  /** Below that a commit does not wait for the disk. */
  private static final int SYNCHRONOUS_FULL = 2;

  private final DataSource source;
  private @Nullable String identity;

  MemoryDatabase(DataSource source) {
    this.source = source;
  }

  /** The one connection that writes, in transactions. The tables are there. */
  synchronized SqlSession writer() throws SQLException {
    SqlSession session = connect();
    boolean opened = false;
    try {
      session.execute("PRAGMA cache_size=-" + CHANGED_PAGES);
      if (session.number("PRAGMA synchronous") < SYNCHRONOUS_FULL) {
        session.execute("PRAGMA synchronous=FULL");
      }
      session.transactions();
      MemorySchema.prepare(session);
      String found = MemorySchema.identity(session);
      session.commit();
      if (this.identity == null) {
        this.identity = found;
      }
      requireSame(found);
      opened = true;
      return session;
    } finally {
      if (!opened) {
        session.close();
      }
    }
  }

  /** A connection that reads. */
  synchronized SqlSession reader() throws SQLException {
    SqlSession session = connect();
    boolean opened = false;
    try {
      requireSame(MemorySchema.exists(session) ? MemorySchema.identity(session) : "none");
      opened = true;
      return session;
    } finally {
      if (!opened) {
        session.close();
      }
    }
  }

  private SqlSession connect() throws SQLException {
    Connection connection = this.source.getConnection();
    boolean fits = false;
    try {
      String product = connection.getMetaData().getDatabaseProductName();
      if (!product.toLowerCase(Locale.ROOT).contains("sqlite")) {
        throw new AgentMemoryException(
            "The agent memory keeps its entries in SQLite, but its DataSource is of %s; give it one of SQLite, or a location"
                .formatted(product));
      }
      fits = true;
      return new SqlSession(connection);
    } finally {
      if (!fits) {
        connection.close();
      }
    }
  }

  private void requireSame(String found) {
    if (!found.equals(this.identity)) {
      throw new AgentMemoryException(
          "The connections of the agent memory's DataSource are not of one database: each database in memory is one of its own, and files must not be replaced meanwhile; use a file");
    }
  }
}
