package io.github.wasmspring.internal.sqlite.lock;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The locks of all guests of this process on all databases. One for all of them, for a process
 * loses its locks on a file when it closes any descriptor of it: so there are two for each file,
 * whatever names it has, which are closed when its last user leaves.
 */
public final class LockTable {

  private static final Logger logger = LoggerFactory.getLogger(LockTable.class);

  private final Map<Object, LockedFile> files = new HashMap<>();
  private long changes;
  private long origins;

  /**
   * A further user of a file.
   *
   * @param path without links
   * @param readOnly whether it is not to write
   * @throws IOException if it can't be opened, or its file system has no locks
   */
  public synchronized FileUser join(Path path, boolean create, boolean readOnly)
      throws IOException {
    LockedFile file = Files.exists(path) ? this.files.get(key(path)) : null;
    if (file == null) {
      file = LockedFile.open(path, create, newOrigin());
      this.files.put(key(path), file);
    }
    file.used();
    return new FileUser(file, readOnly);
  }

  /** What a file is known by, as it may have several names, and a name another file later on. */
  private static Object key(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path : key;
  }

  /**
   * @return {@code false} if others have locks that stand against it
   * @throws IOException if the operating system refuses for another reason
   */
  public synchronized boolean lock(FileUser user, LockLevel level) throws IOException {
    return user.file().lock(user, level);
  }

  /**
   * Gives up what is above a level.
   *
   * @param kept {@link LockLevel#SHARED} or {@link LockLevel#NONE}
   * @param tables that the user may have written, {@code null} for any
   */
  public synchronized void unlock(FileUser user, LockLevel kept, @Nullable Set<String> tables)
      throws IOException {
    user.file().unlock(user, kept, tables);
    changed();
  }

  /** Whether the user is about to write. */
  public synchronized boolean isWriter(FileUser user) {
    return user.file().isWriter(user);
  }

  public synchronized LockLevel level(FileUser user) {
    return user.file().level(user);
  }

  /** Whether any guest has the file open. */
  public synchronized boolean isOpen(Path path) throws IOException {
    return Files.exists(path) && this.files.containsKey(key(path));
  }

  /**
   * Gives a file the name of another, which is replaced, while nobody reads or writes that as a
   * database: no guest of this process has it open, and no other process has a lock on it.
   *
   * @throws IOException if somebody has, or something stands beside it that belongs to a database
   */
  public synchronized void replace(Path file, Path replaced) throws IOException {
    if (!Files.exists(replaced)) {
      Files.move(file, replaced, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    if (isOpen(replaced)) {
      throw new FileSystemException(
          replaced.toString(), null, "that is a database that this process has open");
    }
    FileUser user = join(replaced, false, false);
    try {
      if (user.isReadOnly()) {
        throw new FileSystemException(
            replaced.toString(), null, "it can't be locked, as it is read-only");
      }
      if (!lock(user, LockLevel.SHARED) || !lock(user, LockLevel.EXCLUSIVE)) {
        throw new FileSystemException(
            replaced.toString(), null, "another program uses that as a database");
      }
      requireNothingBeside(replaced);
      Files.move(file, replaced, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      leave(user);
    }
  }

  /**
   * @throws IOException if SQLite would take something for a part of a database
   */
  public static void requireNothingBeside(Path file) throws IOException {
    for (String suffix : new String[] {"-journal", "-wal"}) {
      Path beside = file.resolveSibling(file.getFileName() + suffix);
      if (Files.exists(beside, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileSystemException(
            file.toString(),
            null,
            "SQLite would take %s for a part of it; delete that file or choose another name"
                .formatted(beside));
      }
    }
  }

  /** A number for whoever counts versions. */
  public synchronized long newOrigin() {
    return ++this.origins;
  }

  /** Whether anybody is about to write. */
  public synchronized boolean isReserved(FileUser user) throws IOException {
    return user.file().isReserved();
  }

  /** The user needs the file no more; its locks are given up. */
  public synchronized void leave(FileUser user) {
    LockedFile file = user.file();
    try {
      file.abandon(user);
    } catch (IOException failure) {
      logger.warn("A lock on {} could not be given up", user.path(), failure);
    }
    if (file.unused()) {
      this.files.values().remove(file);
      close(file);
    }
    changed();
  }

  /** How often a lock was given up. */
  public synchronized long changes() {
    return this.changes;
  }

  /** Waits until a lock is given up after the {@code seen}th, for so long at most. */
  public synchronized void await(long seen, long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    long left = nanos;
    while (this.changes == seen && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
  }

  private void changed() {
    this.changes++;
    notifyAll();
  }

  private static void close(LockedFile file) {
    try {
      file.close();
    } catch (IOException failure) {
      logger.warn("{} could not be closed", file.path(), failure);
    }
  }
}
