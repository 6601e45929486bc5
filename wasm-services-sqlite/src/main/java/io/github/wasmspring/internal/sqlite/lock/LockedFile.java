package io.github.wasmspring.internal.sqlite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who of this process holds which lock on one file. As the locks of SQLite for Unix: one holder
 * above {@link LockLevel#SHARED}, and none while somebody is {@link LockLevel#EXCLUSIVE}. All of it
 * is called by the {@link LockTable}, which lets one thread in at a time.
 */
final class LockedFile {

  private final Path path;
  private final SystemLocks system;
  private final DatabaseFile content;
  private final Map<FileUser, LockLevel> levels = new IdentityHashMap<>();
  private final FileChanges changes;
  private @Nullable FileUser writer;
  private int users;

  private LockedFile(Path path, SystemLocks system, DatabaseFile content, long origin) {
    this.path = path;
    this.changes = new FileChanges(origin, path, content);
    this.system = system;
    this.content = content;
  }

  /**
   * @param origin of its versions; no other file has it
   * @throws IOException if it can't be opened, or its file system has no locks
   */
  static LockedFile open(Path path, boolean create, long origin) throws IOException {
    SystemLocks system = SystemLocks.open(path, create);
    boolean opened = false;
    try {
      LockedFile file = new LockedFile(path, system, DatabaseFile.open(path), origin);
      opened = true;
      return file;
    } finally {
      if (!opened) {
        system.close();
      }
    }
  }

  Path path() {
    return this.path;
  }

  DatabaseFile content() {
    return this.content;
  }

  FileChanges changes() {
    return this.changes;
  }

  void used() {
    this.users++;
  }

  /** Whether that was the last user. */
  boolean unused() {
    this.users--;
    return this.users == 0;
  }

  LockLevel level(FileUser holder) {
    return this.levels.getOrDefault(holder, LockLevel.NONE);
  }

  boolean lock(FileUser holder, LockLevel wanted) throws IOException {
    if (level(holder).atLeast(wanted)) {
      return true;
    }
    return switch (wanted) {
      case NONE -> true;
      case SHARED -> share(holder);
      case RESERVED -> reserve(holder);
      case PENDING, EXCLUSIVE -> exclude(holder);
    };
  }

  private boolean share(FileUser holder) throws IOException {
    if (this.writer != null && level(this.writer).atLeast(LockLevel.PENDING)) {
      return false;
    }
    if (this.levels.isEmpty() && !this.system.share()) {
      return false;
    }
    this.levels.put(holder, LockLevel.SHARED);
    return true;
  }

  private boolean reserve(FileUser holder) throws IOException {
    if (this.writer != null || !this.system.reserve()) {
      return false;
    }
    writes(holder);
    this.levels.put(holder, LockLevel.RESERVED);
    return true;
  }

  private void writes(FileUser holder) {
    if (this.writer == null) {
      this.writer = holder;
      this.changes.begin();
    }
  }

  /** From any level: who finds a journal that a writer has left behind comes without reserving. */
  private boolean exclude(FileUser holder) throws IOException {
    if (this.writer != null && this.writer != holder) {
      return false;
    }
    if (!this.system.pend()) {
      return false;
    }
    writes(holder);
    this.levels.put(holder, LockLevel.PENDING);
    if (this.levels.size() > 1 || !this.system.exclude()) {
      return false;
    }
    this.levels.put(holder, LockLevel.EXCLUSIVE);
    return true;
  }

  /**
   * @param tables that the holder may have written, {@code null} for any
   */
  void unlock(FileUser holder, LockLevel kept, @Nullable Set<String> tables) throws IOException {
    if (kept.atLeast(level(holder))) {
      return;
    }
    if (this.writer == holder) {
      this.writer = null;
      try {
        this.changes.end(tables);
      } finally {
        this.system.downgrade();
      }
    }
    if (kept == LockLevel.NONE) {
      this.levels.remove(holder);
    } else {
      this.levels.put(holder, LockLevel.SHARED);
    }
    if (this.levels.isEmpty()) {
      this.system.release();
    }
  }

  /** A guest has left that may have been writing. */
  void abandon(FileUser holder) throws IOException {
    if (this.writer == holder) {
      this.changes.abandon();
    }
    unlock(holder, LockLevel.NONE, null);
  }

  boolean isWriter(FileUser holder) {
    return this.writer == holder;
  }

  boolean isReserved() throws IOException {
    return this.writer != null || this.system.isReservedElsewhere();
  }

  void close() throws IOException {
    try (this.content) {
      this.system.close();
    }
  }
}
