package io.github.wasmspring.actor;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmLoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A file with places of some sizes, each a power of two; what was freed is used again. It means
 * nothing after this process, and is deleted when it is closed.
 */
final class StateFile implements AutoCloseable {

  private static final int LEAST = 6;

  private final Path path;
  private final FileChannel channel;
  private final List<Deque<Long>> free = new ArrayList<>();
  private long end;

  private StateFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
    for (int size = 0; size < Integer.SIZE; size++) {
      this.free.add(new ArrayDeque<>());
    }
  }

  /**
   * @throws WasmLoadException {@code LOAD} if no file can be made there
   */
  static StateFile in(Path directory) {
    try {
      Files.createDirectories(directory);
      // Readable for its owner alone, as temporary files are.
      Path path = Files.createTempFile(directory, "actors-", ".state", new FileAttribute<?>[0]);
      return new StateFile(
          path,
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE));
    } catch (IOException failure) {
      throw new WasmLoadException(
          WasmErrorCategory.LOAD,
          "actors can't be kept in the directory '%s' (hibernate-directory): %s"
              .formatted(directory, failure),
          failure);
    }
  }

  private static int sizeClass(int length) {
    return Math.max(LEAST, 32 - Integer.numberOfLeadingZeros(Math.max(1, length - 1)));
  }

  long write(byte[] bytes) {
    int size = sizeClass(bytes.length);
    long at = place(size);
    boolean written = false;
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        this.channel.write(buffer, at + buffer.position());
      }
      written = true;
      return at;
    } catch (IOException failure) {
      throw failed("written to", failure);
    } finally {
      if (!written) {
        free(at, bytes.length);
      }
    }
  }

  private synchronized long place(int size) {
    Long used = this.free.get(size).pollFirst();
    if (used != null) {
      return used;
    }
    long at = this.end;
    this.end += 1L << size;
    return at;
  }

  byte[] read(long at, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try {
      while (buffer.hasRemaining()) {
        if (this.channel.read(buffer, at + buffer.position()) < 0) {
          throw new IOException("it is shorter than it was");
        }
      }
      return buffer.array();
    } catch (IOException failure) {
      throw failed("read from", failure);
    }
  }

  synchronized void free(long at, int length) {
    this.free.get(sizeClass(length)).addFirst(at);
  }

  private WasmExecutionException failed(String what, IOException failure) {
    return new WasmExecutionException(
        WasmErrorCategory.ENGINE,
        "the file '%s' that actors are kept in can't be %s: %s".formatted(this.path, what, failure),
        failure);
  }

  /** Bytes, free places included. */
  synchronized long size() {
    return this.end;
  }

  @Override
  public void close() {
    try {
      this.channel.close();
      Files.deleteIfExists(this.path);
    } catch (IOException kept) {
      this.path.toFile().deleteOnExit();
    }
  }
}
