package io.github.wasmspring.internal.sqlite.lock;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bytes of one database, for all guests of this process. Not through a channel, which an
 * interrupt of its reader closes, and the process would lose its locks on the file with it. Safe
 * for use by several threads.
 */
final class DatabaseFile implements AutoCloseable {

  private final RandomAccessFile file;
  private final boolean writable;

  private DatabaseFile(RandomAccessFile file, boolean writable) {
    this.file = file;
    this.writable = writable;
  }

  /** Opens a file that is there, to write it too if that is allowed. */
  static DatabaseFile open(Path path) throws IOException {
    boolean writable = Files.isWritable(path);
    return new DatabaseFile(new RandomAccessFile(path.toFile(), writable ? "rw" : "r"), writable);
  }

  boolean isWritable() {
    return this.writable;
  }

  synchronized int read(byte[] target, long position) throws IOException {
    this.file.seek(position);
    int done = 0;
    while (done < target.length) {
      int count = this.file.read(target, done, target.length - done);
      if (count < 0) {
        return done;
      }
      done += count;
    }
    return done;
  }

  synchronized void write(byte[] source, long position) throws IOException {
    this.file.seek(position);
    this.file.write(source);
  }

  synchronized void truncate(long size) throws IOException {
    this.file.setLength(size);
  }

  /** Who reads meanwhile does not wait for the disk. */
  void sync() throws IOException {
    this.file.getFD().sync();
  }

  long size() throws IOException {
    return this.file.length();
  }

  @Override
  public void close() throws IOException {
    this.file.close();
  }
}
