package io.github.wasmspring.autoconfigure.sqlite;

import io.github.wasmspring.internal.sqlite.jdbc.DatabaseUrl;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What matters of the URL of a database for those who make several connections. */
final class SqliteUrl {

  private SqliteUrl() {}

  static boolean isOne(@Nullable String url) {
    return url != null && url.startsWith(DatabaseUrl.PREFIX);
  }

  /**
   * Why there can be one connection only; {@code null} if there can be several, or if the URL is
   * wrong, which is told when somebody connects.
   *
   * @param more parameters beside those of the URL
   */
  static @Nullable String whyOneConnection(@Nullable String url, Properties more) {
    if (url == null || !isOne(url)) {
      return null;
    }
    try {
      DatabaseUrl read = DatabaseUrl.parse(url, more);
      if (read.file() == null) {
        return "each connection to a database in memory has a database of its own";
      }
      return "wal".equalsIgnoreCase(read.parameters().get("journal_mode"))
          ? "with journal_mode=wal one connection has the file for itself alone"
          : null;
    } catch (SQLException wrong) {
      return null;
    }
  }
}
