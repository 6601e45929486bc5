package io.github.wasmspring.internal.sqlite.guest;

import io.github.wasmspring.internal.sqlite.lock.FileUser;
import io.github.wasmspring.internal.sqlite.lock.LockLevel;
import io.github.wasmspring.internal.sqlite.lock.LockTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a guest asks of its host: locks on files, whether to go on, and to wait. Used by the thread
 * that runs the guest, but for {@link #cancel}.
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
  private volatile boolean cancelled;
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
    this.cancelled = false;
    this.problem = null;
  }

  /** Stops the statement that runs, from any thread. */
  public void cancel() {
    this.cancelled = true;
  }

  /** Whether it was cancelled since this was last asked. */
  boolean takeCancelled() {
    boolean was = this.cancelled;
    this.cancelled = false;
    return was;
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
    return this.overdue || this.cancelled;
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
