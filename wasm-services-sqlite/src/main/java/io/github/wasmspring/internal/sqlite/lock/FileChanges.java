package io.github.wasmspring.internal.sqlite.lock;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions that a file goes through, and which tables were written between them. Nothing is
 * noted before somebody has asked for a version. {@link #begin} and {@link #end} are called by who
 * keeps all others of this process from writing.
 */
final class FileChanges {

  private static final long UNKNOWN = -1;

  private final long origin;
  private final Path path;
  private final DatabaseFile content;
  private volatile @Nullable ChangeLog log;
  private long before = UNKNOWN;

  FileChanges(long origin, Path path, DatabaseFile content) {
    this.origin = origin;
    this.path = path;
    this.content = content;
  }

  @Nullable DatabaseVersion version() throws IOException {
    DatabaseVersion version = read();
    if (version != null && this.log == null) {
      begin(version.counter());
    }
    return version;
  }

  private synchronized void begin(long counter) {
    if (this.log == null) {
      this.log = new ChangeLog(counter);
    }
  }

  private @Nullable DatabaseVersion read() throws IOException {
    byte[] header = DatabaseVersion.newHeader();
    return DatabaseVersion.read(this.origin, header, this.content.read(header, 0));
  }

  /** A lock does not fail because nobody can say what was written under it. */
  private long counter() {
    try {
      DatabaseVersion version = read();
      return version == null ? UNKNOWN : version.counter();
    } catch (IOException unreadable) {
      return UNKNOWN;
    }
  }

  boolean isUnchanged(DatabaseVersion then, DatabaseVersion now, Set<String> tables) {
    ChangeLog known = this.log;
    return then.origin() == this.origin
        && (then.equals(now) || known != null && known.isUnchanged(then, now, tables));
  }

  /** Somebody is about to write. */
  void begin() {
    this.before = this.log == null ? UNKNOWN : counter();
  }

  /** Who was about to write has committed or rolled back, or begun neither. */
  void end(@Nullable Set<String> tables) {
    ChangeLog known = this.log;
    if (known == null) {
      return;
    }
    long after = counter();
    if (this.before == UNKNOWN || after == UNKNOWN || isJournalHot()) {
      known.forget(UNKNOWN);
    } else {
      known.ended(this.before, after, tables);
    }
  }

  /** Nobody knows what a writer has left behind. */
  void abandon() {
    ChangeLog known = this.log;
    if (known != null) {
      known.forget(UNKNOWN);
    }
  }

  /** Whether the transaction may have to be rolled back by the next who comes. */
  private boolean isJournalHot() {
    Path journal = this.path.resolveSibling(this.path.getFileName() + "-journal");
    try (InputStream bytes = Files.newInputStream(journal)) {
      return bytes.read() > 0;
    } catch (NoSuchFileException none) {
      return false;
    } catch (IOException unreadable) {
      return true;
    }
  }
}
