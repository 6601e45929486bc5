package io.github.wasmspring.internal.sqlite.lock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The locks of all guests of this process on all databases. One for all of them, for a process
 * loses its locks on a file when it closes any descriptor of it: a guest, which has one, is let go
 * when nobody holds a lock on the files that it had open, and not before.
 */
public final class LockTable {

  private static final Logger logger = LoggerFactory.getLogger(LockTable.class);

  private final Map<Path, LockedFile> files = new HashMap<>();
  private final List<Leaver> leavers = new ArrayList<>();
  private long changes;

  /** A guest that is done with its files and still has them open. */
  private record Leaver(Set<FileUser> files, Runnable close) {

    boolean mayGo() {
      return this.files.stream().allMatch(user -> user.file().isIdle());
    }
  }

  /**
   * A further user of a file.
   *
   * @param path without links
   * @throws IOException if it can't be opened, or its file system has no locks
   */
  public synchronized FileUser join(Path path, boolean create) throws IOException {
    LockedFile file = this.files.get(path);
    if (file == null) {
      file = new LockedFile(path, SystemLocks.open(path, create));
      this.files.put(path, file);
    }
    file.used();
    return new FileUser(file);
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
   */
  public synchronized void unlock(FileUser user, LockLevel kept) throws IOException {
    user.file().unlock(user, kept);
    changed();
  }

  /** Whether anybody is about to write. */
  public synchronized boolean isReserved(FileUser user) throws IOException {
    return user.file().isReserved();
  }

  /** Bytes of a file, through a descriptor that stays open. */
  public synchronized int read(FileUser user, ByteBuffer target, long position) throws IOException {
    return user.file().read(target, position);
  }

  /**
   * A guest has run for the last time.
   *
   * @param users whose locks are given up
   * @param close lets go of the guest, with its descriptors
   */
  public synchronized void leave(Set<FileUser> users, Runnable close) {
    for (FileUser user : users) {
      try {
        user.file().unlock(user, LockLevel.NONE);
      } catch (IOException failure) {
        logger.warn("A lock on {} could not be given up", user.path(), failure);
      }
    }
    this.leavers.add(new Leaver(Set.copyOf(users), close));
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
    for (Iterator<Leaver> all = this.leavers.iterator(); all.hasNext(); ) {
      Leaver leaver = all.next();
      if (leaver.mayGo()) {
        all.remove();
        letGo(leaver);
      }
    }
  }

  private void letGo(Leaver leaver) {
    try {
      leaver.close().run();
    } finally {
      for (FileUser user : leaver.files()) {
        LockedFile file = user.file();
        if (file.unused()) {
          this.files.remove(file.path());
          close(file);
        }
      }
    }
  }

  private static void close(LockedFile file) {
    try {
      file.close();
    } catch (IOException failure) {
      logger.warn("{} could not be closed", file.path(), failure);
    }
  }
}
