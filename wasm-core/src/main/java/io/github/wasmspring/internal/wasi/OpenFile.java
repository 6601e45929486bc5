package io.github.wasmspring.internal.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file that a guest has opened. */
final class OpenFile extends Descriptor {

  private final FileChannel channel;
  private final boolean readable;
  private final boolean writable;
  private final FileHome home;
  private final WasiProcess process;
  private FileStat stat;

  /**
   * @param stat what the file was when it was opened
   * @param home where it was found
   */
  OpenFile(
      FileChannel channel,
      boolean readable,
      boolean writable,
      FileStat stat,
      FileHome home,
      WasiProcess process) {
    this.channel = channel;
    this.readable = readable;
    this.writable = writable;
    this.stat = stat;
    this.home = home;
    this.process = process;
  }

  @Override
  FileType type() {
    return FileType.REGULAR_FILE;
  }

  @Override
  long rights() {
    return Rights.ofFile(this.readable, this.writable);
  }

  FileStat stat() throws IOException {
    return this.stat.withSize(this.channel.size());
  }

  @Override
  int read(ByteBuffer target) throws WasiError, IOException {
    requireReadable();
    return this.channel.read(target);
  }

  @Override
  int write(ByteBuffer source) throws WasiError, IOException {
    requireWritable();
    if (has(FdFlags.APPEND)) {
      this.channel.position(this.channel.size());
    }
    charge(this.channel.position(), source.remaining());
    int written = this.channel.write(source);
    syncIfAsked();
    return written;
  }

  private boolean has(int flag) {
    return (flags() & flag) != 0;
  }

  private void syncIfAsked() throws IOException {
    if (has(FdFlags.SYNC | FdFlags.RSYNC)) {
      sync(true);
    } else if (has(FdFlags.DSYNC)) {
      sync(false);
    }
  }

  /** Reads from another place than the current one, which stays. */
  int readAt(ByteBuffer target, long position) throws WasiError, IOException {
    requireReadable();
    requirePosition(position);
    return this.channel.read(target, position);
  }

  int writeAt(ByteBuffer source, long position) throws WasiError, IOException {
    requireWritable();
    requirePosition(position);
    charge(position, source.remaining());
    int written = this.channel.write(source, position);
    syncIfAsked();
    return written;
  }

  /** A write far behind the end makes the file that long. */
  private void charge(long position, int length) throws WasiError, IOException {
    if (position > Long.MAX_VALUE - length) {
      throw new WasiError(Errno.FBIG);
    }
    this.process.quota().take(Math.max(length, position + length - this.channel.size()));
    this.stat = this.stat.withModified(this.process.clock().now());
  }

  long position() throws IOException {
    return this.channel.position();
  }

  /**
   * @param whence 0: from the beginning, 1: from the current position, 2: from the end
   */
  long seek(long offset, int whence) throws WasiError, IOException {
    long origin =
        switch (whence) {
          case 0 -> 0;
          case 1 -> this.channel.position();
          case 2 -> this.channel.size();
          default -> throw new WasiError(Errno.INVAL);
        };
    long position = origin + offset;
    requirePosition(position);
    this.channel.position(position);
    return position;
  }

  void resize(long size) throws WasiError, IOException {
    requireWritable();
    requirePosition(size);
    if (size > this.channel.size()) {
      writeAt(ByteBuffer.allocate(1), size - 1);
    } else {
      this.channel.truncate(size);
      this.stat = this.stat.withModified(this.process.clock().now());
    }
  }

  void setTimes(FileTimes times) throws WasiError, IOException {
    this.home.setTimes(this.stat.inode(), times);
    this.stat = this.stat.with(times);
  }

  /** That there is room for what will be written can't be promised here. */
  void allocate() throws WasiError {
    requireWritable();
    throw new WasiError(Errno.NOTSUP);
  }

  void sync(boolean metadata) throws IOException {
    this.channel.force(metadata);
  }

  private static void requirePosition(long position) throws WasiError {
    if (position < 0) {
      throw new WasiError(Errno.INVAL);
    }
  }

  private void requireReadable() throws WasiError {
    if (!this.readable) {
      throw new WasiError(Errno.BADF);
    }
  }

  private void requireWritable() throws WasiError {
    if (!this.writable) {
      throw new WasiError(Errno.BADF);
    }
  }

  @Override
  void close() throws IOException {
    this.channel.close();
  }
}
