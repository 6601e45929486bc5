package io.github.wasmspring.internal.sqlite.lock;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The locks that this process has of the operating system on one database's file. They are on the
 * same bytes as those of SQLite itself (section 5.1 of "File Locking And Concurrency In SQLite
 * Version 3"), so that other processes with SQLite keep to them and we to theirs. Not safe for use
 * by several threads.
 */
final class SystemLocks implements AutoCloseable {

  private static final long PENDING = 0x40000000L;
  private static final long RESERVED = PENDING + 1;
  private static final long SHARED = PENDING + 2;
  private static final long SHARED_SIZE = 510;

  /** Ours alone: nobody writes there, and any number of processes hold it. */
  private static final long CLAIM = Long.MAX_VALUE - 1;

  private final FileChannel channel;
  private @Nullable FileLock shared;
  private @Nullable FileLock reserved;
  private @Nullable FileLock pending;
  private boolean exclusive;

  private SystemLocks(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @param create whether the file is made if there is none
   * @throws IOException if it can't be opened or has no locks, or other code of this JVM has it
   */
  static SystemLocks open(Path file, boolean create) throws IOException {
    FileChannel channel = channel(file, create);
    boolean claimed = false;
    boolean taken = false;
    try {
      if (channel.tryLock(CLAIM, 1, true) == null) {
        throw new FileSystemException(
            file.toString(), null, "another program has locked all of it");
      }
      claimed = true;
      return new SystemLocks(channel);
    } catch (OverlappingFileLockException twice) {
      // Closing this one, too, would take the locks away from whoever has it open.
      taken = true;
      throw new FileSystemException(
          file.toString(),
          null,
          "another class loader of this JVM has it open, and locks would not hold between the two; put the driver where both see it");
    } finally {
      if (!claimed && !taken) {
        channel.close();
      }
    }
  }

  private static FileChannel channel(Path file, boolean create) throws IOException {
    Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (create) {
      options.add(StandardOpenOption.CREATE);
    }
    try {
      return FileChannel.open(file, options.toArray(OpenOption[]::new));
    } catch (AccessDeniedException readOnly) {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (FileSystemException failure) {
      // A file system that is mounted for reading only.
      if (create && !Files.exists(file)) {
        throw failure;
      }
      return FileChannel.open(file, StandardOpenOption.READ);
    }
  }

  /** Whether there is no process that writes or waits for it. */
  boolean share() throws IOException {
    FileLock door = lock(PENDING, 1, true);
    if (door == null) {
      return false;
    }
    try {
      this.shared = lock(SHARED, SHARED_SIZE, true);
    } finally {
      door.release();
    }
    return this.shared != null;
  }

  boolean reserve() throws IOException {
    this.reserved = lock(RESERVED, 1, false);
    return this.reserved != null;
  }

  /** Keeps further readers out. */
  boolean pend() throws IOException {
    if (this.pending == null) {
      this.pending = lock(PENDING, 1, false);
    }
    return this.pending != null;
  }

  /**
   * Nobody can come in between giving up the one lock and taking the other: {@link #pend} holds.
   *
   * @return whether no other process reads any more
   */
  boolean exclude() throws IOException {
    release(this.shared);
    this.shared = lock(SHARED, SHARED_SIZE, false);
    this.exclusive = this.shared != null;
    if (!this.exclusive) {
      this.shared = lock(SHARED, SHARED_SIZE, true);
    }
    return this.exclusive;
  }

  /** Back to reading. */
  void downgrade() throws IOException {
    if (this.exclusive) {
      release(this.shared);
      this.shared = lock(SHARED, SHARED_SIZE, true);
      this.exclusive = false;
    }
    release(this.reserved);
    this.reserved = null;
    release(this.pending);
    this.pending = null;
  }

  void release() throws IOException {
    downgrade();
    release(this.shared);
    this.shared = null;
  }

  /** Whether another process is about to write. */
  boolean isReservedElsewhere() throws IOException {
    if (this.reserved != null) {
      return false;
    }
    FileLock probe = lock(RESERVED, 1, true);
    if (probe == null) {
      return true;
    }
    probe.release();
    return false;
  }

  private @Nullable FileLock lock(long position, long size, boolean share) throws IOException {
    return this.channel.tryLock(position, size, share);
  }

  private static void release(@Nullable FileLock lock) throws IOException {
    if (lock != null) {
      lock.release();
    }
  }

  @Override
  public void close() throws IOException {
    this.channel.close();
  }
}
