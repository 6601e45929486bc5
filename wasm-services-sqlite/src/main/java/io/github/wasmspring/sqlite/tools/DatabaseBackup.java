package io.github.wasmspring.sqlite.tools;

import io.github.wasmspring.internal.sqlite.jdbc.GuestAccess;
import io.github.wasmspring.internal.sqlite.lock.LockTable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies a database to a file that gets its name once it is complete and on the disk. */
final class DatabaseBackup {

  private static final Logger logger = LoggerFactory.getLogger(DatabaseBackup.class);

  /** A second or less of a disk. */
  private static final long SLICE = 64L << 20;

  private final Path target;
  private final BackupSettings settings;
  private final Link link;

  DatabaseBackup(Path target, BackupSettings settings) {
    this(target, settings, Files::createLink);
  }

  DatabaseBackup(Path target, BackupSettings settings, Link link) {
    this.link = link;
    this.target = target.toAbsolutePath().normalize();
    this.settings = settings;
  }

  BackupReport make(Connection connection) throws SQLException {
    long start = System.nanoTime();
    GuestAccess access = ToolConnections.access(connection);
    check(access);
    Path partial =
        this.target.resolveSibling(
            ".%s.%s.partial".formatted(this.target.getFileName(), UUID.randomUUID()));
    try {
      int restarts = copy(connection, partial);
      if (this.settings.verify()) {
        verify(partial);
      }
      long bytes = Files.size(partial);
      publish(access, partial);
      return new BackupReport(
          this.target, bytes, restarts, Duration.ofNanos(System.nanoTime() - start));
    } catch (FileAlreadyExistsException exists) {
      throw exists(exists);
    } catch (IOException failure) {
      throw new SQLException(
          "The backup to %s failed: %s".formatted(this.target, failure), "58030", failure);
    } finally {
      delete(partial);
    }
  }

  private void check(GuestAccess access) throws SQLException {
    Path folder = this.target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw refused("there is no directory %s; create it".formatted(folder));
    }
    if (Files.exists(this.target, LinkOption.NOFOLLOW_LINKS)) {
      if (!this.settings.overwrite()) {
        throw exists(null);
      }
      if (!Files.isRegularFile(this.target, LinkOption.NOFOLLOW_LINKS)) {
        throw refused("there is something of that name that is no file");
      }
      if (access.isOpen(this.target)) {
        throw refused("that is a database that this process has open");
      }
    }
    try {
      LockTable.requireNothingBeside(this.target);
    } catch (IOException beside) {
      throw refused(String.valueOf(beside.getMessage()));
    }
  }

  private SQLException refused(String reason) {
    return new SQLException(
        "The backup can't go to %s: %s".formatted(this.target, reason), "58030");
  }

  private SQLException exists(@Nullable FileAlreadyExistsException cause) {
    return new SQLException(
        "The backup can't go to %s: there is such a file; use another name, or BackupSettings.withOverwrite(true)"
            .formatted(this.target),
        "58030",
        cause);
  }

  private int copy(Connection connection, Path partial) throws SQLException, IOException {
    try (FileChannel channel =
        FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      DatabaseCopier copier =
          new DatabaseCopier(connection, channel, this.settings.progress(), SLICE);
      copier.copy();
      channel.force(true);
      return copier.restarts();
    }
  }

  private void verify(Path partial) throws SQLException {
    try (Connection copy = ToolConnections.open(partial, Map.of("mode", "ro"))) {
      IntegrityReport report = IntegrityCheck.quick(copy, 1);
      if (!report.problems().isEmpty()) {
        throw new SQLException(
            "The database is damaged, and so would the backup be: " + report.problems().get(0),
            "XX001");
      }
    }
  }

  /** In one step, so that nobody sees half a file; a name that is taken meanwhile is not lost. */
  private void publish(GuestAccess access, Path partial) throws IOException {
    if (this.settings.overwrite()) {
      access.replace(partial, this.target);
    } else {
      LockTable.requireNothingBeside(this.target);
      try {
        this.link.make(this.target, partial);
      } catch (FileAlreadyExistsException exists) {
        throw exists;
      } catch (UnsupportedOperationException | FileSystemException none) {
        rename(partial);
      }
    }
    forceFolder();
  }

  /** Where a file can't have two names the new one is taken first, so that nobody else has it. */
  private void rename(Path partial) throws IOException {
    Files.createFile(this.target);
    boolean renamed = false;
    try {
      Files.move(partial, this.target, StandardCopyOption.ATOMIC_MOVE);
      renamed = true;
    } finally {
      if (!renamed) {
        delete(this.target);
      }
    }
  }

  /** How a file gets a second name. */
  @FunctionalInterface
  interface Link {
    void make(Path name, Path file) throws IOException;
  }

  /** The name as well is to outlast a power failure; not all systems can be asked for that. */
  private void forceFolder() {
    Path folder = this.target.getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      force(folder, channel);
    } catch (IOException none) {
      logger.debug("The directory {} can't be opened to be written to the disk", folder, none);
    }
  }

  private static void force(Path folder, FileChannel channel) {
    try {
      channel.force(true);
    } catch (IOException failure) {
      logger.warn(
          "The directory {} could not be written to the disk; the name of the backup may not outlast a power failure",
          folder,
          failure);
    }
  }

  private static void delete(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException failure) {
      logger.warn("{} could not be deleted", partial, failure);
    }
  }
}
