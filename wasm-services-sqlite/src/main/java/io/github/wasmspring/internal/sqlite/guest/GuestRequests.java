package io.github.wasmspring.internal.sqlite.guest;

import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.internal.sqlite.lock.FileUser;
import io.github.wasmspring.internal.sqlite.lock.LockLevel;
import io.github.wasmspring.internal.sqlite.lock.LockTable;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
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

  private static final int READ_ONLY = 1;
  private static final int CREATE = 4;

  /** In the number of a file: it can be read only. */
  private static final int ONLY_READ = 0x40000000;

  /** Where the number of the schema is in a database. */
  private static final int SCHEMA = 40;

  /** The number of the file that a guest opens first. */
  private static final int MAIN_FILE = 1;

  private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(10);

  private final LockTable locks;
  private final @Nullable Path directory;
  private final Map<Integer, FileUser> files = new HashMap<>();
  private int lastFile;
  private final TableWrites tables;
  private int schema;
  private long writesLeft;
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
   * @param writes the most bytes that it may write into databases
   */
  GuestRequests(LockTable locks, @Nullable Path directory, long writes) {
    this.locks = locks;
    this.directory = directory;
    this.writesLeft = writes;
    this.tables = new TableWrites(locks.newOrigin());
  }

  /** Which tables its statements write. */
  TableWrites tables() {
    return this.tables;
  }

  /** The number of the schema that the guest has read last. */
  int schema() {
    return this.schema;
  }

  /** The database's own file, not one that was attached, {@code null} if it is in memory. */
  @Nullable FileUser mainFile() {
    return this.files.get(MAIN_FILE);
  }

  /** Whether any connection of this process has the file open. */
  public boolean isOpen(Path file) throws SQLException {
    try {
      return this.locks.isOpen(file);
    } catch (IOException failure) {
      throw new SQLException(
          "The file %s can't be looked at: %s".formatted(file, failure), "58030", failure);
    }
  }

  /** As {@link LockTable#replace}. */
  public void replace(Path file, Path replaced) throws IOException {
    this.locks.replace(file, replaced);
  }

  LockLevel level(FileUser file) {
    return this.locks.level(file);
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

  /** Gives up all files with their locks. */
  void leave() {
    this.files.values().forEach(this.locks::leave);
    this.files.clear();
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
      FileUser user = this.locks.join(file, (flags & CREATE) != 0, (flags & READ_ONLY) != 0);
      this.lastFile++;
      this.files.put(this.lastFile, user);
      return user.isReadOnly() ? this.lastFile | ONLY_READ : this.lastFile;
    } catch (IOException | InvalidPathException failure) {
      this.problem = failure instanceof IOException known ? known : new IOException(failure);
      return -ResultCode.CANTOPEN;
    }
  }

  /**
   * Whether there may be a file with something in it; {@code false} is certain. Costs no exception
   * where there is none.
   */
  boolean exists(String name) {
    String mount = GuestSettings.MOUNT + "/";
    if (this.directory == null || !name.startsWith(mount)) {
      return true;
    }
    String last = name.substring(mount.length());
    return last.contains("/") || new File(this.directory.toFile(), last).length() > 0;
  }

  private FileUser file(int number) {
    FileUser file = this.files.get(number);
    if (file == null) {
      throw new IllegalStateException("The guest has no file " + number);
    }
    return file;
  }

  int close(int number) {
    FileUser file = file(number);
    this.files.remove(number);
    this.locks.leave(file);
    return ResultCode.OK;
  }

  /** How many bytes there were, or minus a result code. */
  int read(int number, WasmMemory memory, int address, int length, long offset) {
    try {
      byte[] bytes = new byte[length];
      int count = file(number).read(bytes, offset);
      memory.write(address, bytes, 0, count);
      if (number == MAIN_FILE && offset == 0 && count >= SCHEMA + Integer.BYTES) {
        this.schema = ByteBuffer.wrap(bytes).getInt(SCHEMA);
      }
      return count;
    } catch (IOException failure) {
      this.problem = failure;
      return -ResultCode.IOERR_READ;
    }
  }

  int write(int number, byte[] bytes, long offset) {
    if (bytes.length > this.writesLeft) {
      this.problem = new IOException("the connection has written all that write_limit allows");
      return ResultCode.FULL;
    }
    try {
      file(number).write(bytes, offset);
      this.writesLeft -= bytes.length;
      return ResultCode.OK;
    } catch (IOException failure) {
      this.problem = failure;
      return isFull(failure) ? ResultCode.FULL : ResultCode.IOERR_WRITE;
    }
  }

  /** Java has no exception of its own for that. */
  private static boolean isFull(IOException failure) {
    return String.valueOf(failure.getMessage()).contains("No space left");
  }

  int truncate(int number, long size) {
    try {
      file(number).truncate(size);
      return ResultCode.OK;
    } catch (IOException failure) {
      this.problem = failure;
      return ResultCode.IOERR_TRUNCATE;
    }
  }

  int sync(int number) {
    try {
      file(number).sync();
      return ResultCode.OK;
    } catch (IOException failure) {
      this.problem = failure;
      return ResultCode.IOERR_FSYNC;
    }
  }

  int size(int number, WasmMemory memory, int address) {
    try {
      memory.writeLong(address, file(number).size());
      return ResultCode.OK;
    } catch (IOException failure) {
      this.problem = failure;
      return ResultCode.IOERR_FSTAT;
    }
  }

  int lock(int number, int level) {
    try {
      this.seen = this.locks.changes();
      FileUser file = file(number);
      boolean locked = this.locks.lock(file, LockLevel.of(level));
      if (level > LockLevel.SHARED.ordinal() && this.locks.isWriter(file)) {
        this.tables.began();
      }
      return locked ? ResultCode.OK : ResultCode.BUSY;
    } catch (IOException failure) {
      this.problem = failure;
      return ResultCode.IOERR_LOCK;
    }
  }

  int unlock(int number, int kept) {
    try {
      FileUser file = file(number);
      boolean wrote = this.locks.isWriter(file);
      this.locks.unlock(file, LockLevel.of(kept), wrote ? written() : null);
      if (kept == LockLevel.NONE.ordinal() && number == MAIN_FILE) {
        this.tables.shared();
      }
      if (wrote && this.files.values().stream().noneMatch(this.locks::isWriter)) {
        this.tables.ended();
      }
      return ResultCode.OK;
    } catch (IOException failure) {
      this.problem = failure;
      return ResultCode.IOERR_LOCK;
    }
  }

  /** Any table if something went wrong, for then nobody knows what is in the file. */
  private @Nullable Set<String> written() {
    return this.problem == null ? this.tables.pending() : null;
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
  boolean busy(int tries) {
    long now = System.nanoTime();
    if (tries == 0) {
      this.waitingSince = now;
    }
    long left = this.patience - (now - this.waitingSince);
    if (left <= 0 || stopped()) {
      return false;
    }
    // Other processes don't tell when they are done.
    try {
      this.locks.await(this.seen, Math.min(left, LONGEST_WAIT));
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
