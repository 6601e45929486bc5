package io.github.wasmspring.sqlite.tools;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A copy of a database in a directory of its own, which is gone when this is closed. */
final class DatabaseCopy implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(DatabaseCopy.class);
  private static final long SLICE = 64L << 20;
  private static final Map<String, String> PARAMETERS =
      Map.of("synchronous", "off", "journal_mode", "truncate");

  private final Path folder;
  private final Path file;

  private DatabaseCopy(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("copy.db");
  }

  /**
   * @param most bytes that the database may have
   */
  static DatabaseCopy of(Connection connection, long most) throws SQLException {
    long bytes = DatabaseOptimization.size(connection).bytes();
    if (bytes > most) {
      throw new SQLException(
          "The database has %,d bytes, and no more than %,d are copied; raise AdvisorSettings.databaseBytes"
              .formatted(bytes, most),
          "54000");
    }
    try {
      DatabaseCopy copy = new DatabaseCopy(Files.createTempDirectory("sqlite-copy"));
      boolean copied = false;
      try {
        copy.fill(connection);
        copied = true;
        return copy;
      } finally {
        if (!copied) {
          copy.close();
        }
      }
    } catch (IOException failure) {
      throw new SQLException("The database can't be copied: " + failure, "58030", failure);
    }
  }

  private void fill(Connection connection) throws SQLException, IOException {
    try (FileChannel channel =
        FileChannel.open(this.file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      new DatabaseCopier(connection, channel, (copied, total) -> true, SLICE).copy();
    }
  }

  Connection connect() throws SQLException {
    return ToolConnections.open(this.file, PARAMETERS);
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.list(this.folder)) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
      Files.delete(this.folder);
    } catch (IOException failure) {
      logger.warn("The copy {} could not be deleted", this.folder, failure);
    }
  }
}
