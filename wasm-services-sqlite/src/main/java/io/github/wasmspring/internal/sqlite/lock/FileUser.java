package io.github.wasmspring.internal.sqlite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A guest that has a database's file open; what holds a lock. One that opens it twice is two. Bytes
 * are read and written without the {@link LockTable}: that one writes and others read is what the
 * locks are for.
 */
public final class FileUser {

  private final LockedFile file;
  private final boolean readOnly;

  FileUser(LockedFile file, boolean readOnly) {
    this.file = file;
    this.readOnly = readOnly;
  }

  LockedFile file() {
    return this.file;
  }

  public Path path() {
    return this.file.path();
  }

  /** Whether it asked for no more, or gets no more. */
  public boolean isReadOnly() {
    return this.readOnly || !this.file.content().isWritable();
  }

  /**
   * The state of the database, if nobody is about to write it; where somebody is, the last one or
   * that to come.
   *
   * @return {@code null} if the file does not tell
   */
  public @Nullable DatabaseVersion version() throws IOException {
    return this.file.changes().version();
  }

  /** Whether nobody can have written any of the tables between two versions. */
  public boolean isUnchanged(DatabaseVersion then, DatabaseVersion now, Set<String> tables) {
    return this.file.changes().isUnchanged(then, now, tables);
  }

  /**
   * Reads bytes into the beginning of an array.
   *
   * @return how many there were; fewer than fit at the end of the file
   */
  public int read(byte[] target, long position) throws IOException {
    return this.file.content().read(target, position);
  }

  public void write(byte[] source, long position) throws IOException {
    requireWritable();
    this.file.content().write(source, position);
  }

  public void truncate(long size) throws IOException {
    requireWritable();
    this.file.content().truncate(size);
  }

  private void requireWritable() throws IOException {
    if (isReadOnly()) {
      throw new IOException(path() + " is open for reading only");
    }
  }

  public void sync() throws IOException {
    this.file.content().sync();
  }

  public long size() throws IOException {
    return this.file.content().size();
  }
}
