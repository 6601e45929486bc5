package io.github.wasmspring.internal.sqlite.jdbc;

import io.github.wasmspring.internal.sqlite.guest.DatabaseGuest;
import io.github.wasmspring.internal.sqlite.guest.GuestRuntime;
import io.github.wasmspring.internal.sqlite.guest.GuestSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Opens connections as URLs say. */
public final class ConnectionOpener {

  private static final int READ_ONLY = 1;
  private static final int READ_WRITE = 2;
  private static final int CREATE = 4;

  /** More would fill the memory of a guest. */
  private static final int MOST_STATEMENTS = 10_000;

  private ConnectionOpener() {}

  /**
   * @throws SQLException if the database can't be opened; nothing is left behind then
   */
  public static Connection open(DatabaseUrl url, String text) throws SQLException {
    boolean readOnly = flags(url) == READ_ONLY;
    GuestSettings settings =
        new GuestSettings(
            url.file() == null ? null : url.file().getParent(),
            readOnly,
            megabytes(url, "memory_limit", 256, 2047),
            megabytes(url, "write_limit", Long.MAX_VALUE >> 20, Long.MAX_VALUE >> 20),
            Duration.ofMillis(Math.max(1, url.number("call_limit", 600_000))));
    DatabaseGuest guest = DatabaseGuest.open(GuestRuntime.SHARED, settings, url.file(), flags(url));
    boolean opened = false;
    try {
      guest.keepStatements((int) Math.min(MOST_STATEMENTS, url.number("statement_cache", 32)));
      guest.context().patience(Duration.ofMillis(url.number("busy_timeout", 5_000)));
      Duration patience = Duration.ofMillis(url.number("busy_timeout", 5_000));
      guest.context().patience(patience);
      SqliteConnection connection = new SqliteConnection(guest, begin(url), text, readOnly);
      if (url.parameter("journal_mode", "").equalsIgnoreCase("wal")) {
        connection.execute("PRAGMA locking_mode=EXCLUSIVE");
      }
      connection.execute("PRAGMA foreign_keys=" + url.parameter("foreign_keys", "on"));
      Path file = url.file();
      if (file != null && readOnly) {
        JournalMode.requireReadable(connection, file);
      } else if (file != null) {
        JournalMode.set(connection, file, url.parameter("journal_mode", "truncate"), patience);
      }
      for (Map.Entry<String, String> parameter : url.parameters().entrySet()) {
        if (DatabaseUrl.PRAGMAS.contains(parameter.getKey())
            && !Set.of("journal_mode", "foreign_keys").contains(parameter.getKey())) {
          connection.execute("PRAGMA " + parameter.getKey() + "=" + parameter.getValue());
        }
      }
      opened = true;
      return connection.proxy();
    } finally {
      if (!opened) {
        guest.close();
      }
    }
  }

  private static long megabytes(DatabaseUrl url, String name, long other, long most)
      throws SQLException {
    long megabytes = url.number(name, other);
    if (megabytes < 1 || megabytes > most) {
      throw DatabaseUrl.wrong("%s is between 1 and %d MB".formatted(name, most));
    }
    return megabytes << 20;
  }

  private static int flags(DatabaseUrl url) throws SQLException {
    return switch (url.parameter("mode", "rwc")) {
      case "ro" -> READ_ONLY;
      case "rw" -> READ_WRITE;
      case "rwc" -> READ_WRITE | CREATE;
      default -> throw DatabaseUrl.wrong("mode is ro, rw or rwc");
    };
  }

  private static String begin(DatabaseUrl url) throws SQLException {
    String mode = url.parameter("transaction_mode", "immediate");
    return switch (mode) {
      case "deferred", "immediate", "exclusive" -> "BEGIN " + mode;
      default -> throw DatabaseUrl.wrong("transaction_mode is deferred, immediate or exclusive");
    };
  }
}
