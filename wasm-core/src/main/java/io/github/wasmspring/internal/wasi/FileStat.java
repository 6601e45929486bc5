package io.github.wasmspring.internal.wasi;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/** What guests learn about a file. */
record FileStat(FileType type, long inode, long size, long accessed, long modified, long changed) {

  private static final int LENGTH = 64;

  /** Of a descriptor that is no file. */
  static FileStat of(FileType type) {
    return new FileStat(type, 0, 0, 0, 0, 0);
  }

  static FileStat of(BasicFileAttributes attributes, GuestClock clock) {
    return new FileStat(
        FileType.of(attributes),
        inode(attributes),
        attributes.size(),
        nanos(attributes.lastAccessTime(), clock),
        nanos(attributes.lastModifiedTime(), clock),
        nanos(attributes.lastModifiedTime(), clock));
  }

  /** Tells files apart, without being the number that the host knows the file by. */
  static long inode(BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    return key == null ? 1 : 1L << 32 | key.hashCode() & 0xffffffffL;
  }

  private static long nanos(FileTime time, GuestClock clock) {
    return Math.max(0, clock.coarse(time.to(TimeUnit.NANOSECONDS)));
  }

  FileStat withSize(long bytes) {
    return new FileStat(this.type, this.inode, bytes, this.accessed, this.modified, this.changed);
  }

  FileStat withModified(long nanos) {
    return new FileStat(this.type, this.inode, this.size, this.accessed, nanos, nanos);
  }

  FileStat with(FileTimes times) {
    Long set = times.modified();
    Long seen = times.accessed();
    return new FileStat(
        this.type,
        this.inode,
        this.size,
        seen == null ? this.accessed : seen,
        set == null ? this.modified : set,
        set == null ? this.changed : set);
  }

  void write(GuestMemory memory, long address) {
    memory.clear(address, LENGTH);
    memory.writeLong(address + 8, this.inode);
    memory.writeByte(address + 16, this.type.number());
    memory.writeLong(address + 24, 1);
    memory.writeLong(address + 32, this.size);
    memory.writeLong(address + 40, this.accessed);
    memory.writeLong(address + 48, this.modified);
    memory.writeLong(address + 56, this.changed);
  }
}
