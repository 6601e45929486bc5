package io.github.wasmspring.internal.sqlite.guest;

import io.github.wasmspring.internal.sqlite.lock.FileUser;
import io.github.wasmspring.internal.sqlite.lock.LockLevel;
import io.github.wasmspring.internal.sqlite.lock.LockTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a guest asks of its host: locks on files, whether to go on, and to wait. Used by the thread
 * that runs the guest, but for {@link #cancel} and {@link #abort}.
 */
public final class GuestRequests {

  private static final int CREATE = 4;
  private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(10);

  private final LockTable locks;
  private final @Nullable Path directory;
  private final Map<Integer, FileUser> files = new HashMap<>();
  private long patience;
  private long waitingSince;
  private long seen;
  private long deadline;
  private boolean timed;
  private boolean overdue;
  private long lastRun;
  private volatile long run;
  private final AtomicLong cancelledRun = new AtomicLong();
  private volatile boolean aborted;
  private @Nullable IOException problem;

  /**
   * @param directory that all its files are in, {@code null} if it has none
   */
  GuestRequests(LockTable locks, @Nullable Path directory) {
    this.locks = locks;
    this.directory = directory;
  }

  /** How long to wait for locks. */
  public void patience(Duration patience) {
    this.patience = patience.toNanos();
  }

  /** A call begins, which may take so long, zero for as long as it likes. */
  void begin(Duration timeout) {
    this.timed = !timeout.isZero();
    this.deadline = System.nanoTime() + (this.timed ? timeout.toNanos() : 0);
    this.overdue = false;
    this.problem = null;
  }

  /**
   * What can be cancelled begins: one or more calls.
   *
   * @return a number that no other run has, above zero
   */
  public long beginRun() {
    this.lastRun++;
    this.run = this.lastRun;
    return this.lastRun;
  }

  public void endRun() {
    this.run = 0;
  }

  /** Stops a run, from any thread; nothing happens if it has ended. */
  public void cancel(long number) {
    this.cancelledRun.accumulateAndGet(number, Math::max);
  }

  /** Stops whatever runs, now and later, from any thread. */
  public void abort() {
    this.aborted = true;
  }

  /** Whether what runs was cancelled. */
  boolean isCancelled() {
    long current = this.run;
    return this.aborted || current != 0 && this.cancelledRun.get() == current;
  }

  /**
   * @throws SQLException if what runs was cancelled
   */
  public void requireNotCancelled() throws SQLException {
    if (isCancelled()) {
      throw SqliteErrors.cancelled();
    }
  }

  boolean wasOverdue() {
    return this.overdue;
  }

  /** Why a file could not be opened or locked, {@code null} if nothing was wrong. */
  @Nullable IOException problem() {
    return this.problem;
  }

  Set<FileUser> files() {
    return Set.copyOf(this.files.values());
  }

  LockTable locks() {
    return this.locks;
  }

  /** A number for a file, or minus a result code. */
  int open(String name, int flags) {
    try {
      String mount = GuestSettings.MOUNT + "/";
      String last = name.substring(name.startsWith(mount) ? mount.length() : 0);
      if (this.directory == null || !name.startsWith(mount) || last.contains("/")) {
        throw new IOException(
            name + " is not in the directory of the database, and no other is open to SQLite");
      }
      Path file = this.directory.resolve(last);
      if (Files.isSymbolicLink(file)) {
        throw new IOException(name + " is a symbolic link, which SQLite does not follow here");
      }
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file)) {
        throw new IOException(name + " is not a file");
      }
      int number = this.files.size() + 1;
      this.files.put(number, this.locks.join(file, (flags & CREATE) != 0));
      return number;
    } catch (IOException | InvalidPathException failure) {
      this.problem = failure instanceof IOException known ? known : new IOException(failure);
      return -ResultCode.CANTOPEN;
    }
  }

  private FileUser file(int number) {
    FileUser file = this.files.get(number);
    if (file == null) {
      throw new IllegalStateException("The guest has no file " + number);
    }
    return file;
  }

  int lock(int number, int level) {
    try {
      this.seen = this.locks.changes();
      return this.locks.lock(file(number), LockLevel.of(level)) ? ResultCode.OK : ResultCode.BUSY;
    } catch (IOException failure) {
      this.problem = failure;
      return ResultCode.IOERR_LOCK;
    }
  }

  int unlock(int number, int kept) {
    try {
      this.locks.unlock(file(number), LockLevel.of(kept));
      return ResultCode.OK;
    } catch (IOException failure) {
      this.problem = failure;
      return ResultCode.IOERR_LOCK;
    }
  }

  int reserved(int number) {
    try {
      return this.locks.isReserved(file(number)) ? 1 : 0;
    } catch (IOException failure) {
      this.problem = failure;
      return -ResultCode.IOERR_LOCK;
    }
  }

  /** Whether the statement that runs is to stop. */
  boolean stopped() {
    this.overdue |= this.timed && System.nanoTime() - this.deadline > 0;
    return this.overdue || isCancelled();
  }

  /** Whether a lock that others held may be free by now. */
  boolean busy(int tries) throws InterruptedException {
    long now = System.nanoTime();
    if (tries == 0) {
      this.waitingSince = now;
    }
    long left = this.patience - (now - this.waitingSince);
    if (left <= 0 || stopped()) {
      return false;
    }
    // Other processes don't tell when they are done.
    this.locks.await(this.seen, Math.min(left, LONGEST_WAIT));
    return true;
  }
}
