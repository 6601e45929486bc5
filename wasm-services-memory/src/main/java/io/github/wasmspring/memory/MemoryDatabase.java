package io.github.wasmspring.memory;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens connections of the database, and sees to it that it is the one that it should be. */
final class MemoryDatabase {

  /**
   * Kibibytes of changed pages that a transaction has before it begins to write them, for which it
   * would have to wait for readers.
   */
  private static final int CHANGED_PAGES = 16 << 10;

  private static final Set<String> UNSAFE_JOURNALS = Set.of("memory", "off");

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
      keepJournal(session);
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

  /** Without a journal on the disk a kill within a commit would leave half of it. */
  private static void keepJournal(SqlSession session) throws SQLException {
    if (file(session).isEmpty()) {
      throw new AgentMemoryException(
          "The agent memory's DataSource is of a database in memory, of which each connection has one of its own; use a file");
    }
    String mode = text(session, "PRAGMA journal_mode");
    if (UNSAFE_JOURNALS.contains(mode)) {
      String now = text(session, "PRAGMA journal_mode=TRUNCATE");
      if (UNSAFE_JOURNALS.contains(now)) {
        throw new AgentMemoryException(
            "The connections of the agent memory's DataSource have the journal_mode %s, with which a crash destroys the database; let them have another, such as truncate"
                .formatted(now));
      }
    }
  }

  private static String file(SqlSession session) throws SQLException {
    String file =
        session.first(
            "SELECT file FROM pragma_database_list WHERE name = 'main'", row -> row.getString(1));
    return file == null ? "" : file;
  }

  private static String text(SqlSession session, String sql) throws SQLException {
    String text = session.first(sql, row -> row.getString(1));
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
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
      // A pool may say otherwise; then a reader would never see what others write.
      connection.setAutoCommit(true);
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
