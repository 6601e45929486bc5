package io.github.wasmspring.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file of rows beside the one that is there, and puts it in its place when it is whole and
 * on the disk.
 */
final class DataFileWriter implements AutoCloseable {

  private final Path file;
  private final Path directory;
  private final Path begun;
  private final FileChannel channel;
  private final DataBlocks blocks = new DataBlocks();
  private long rows;

  /**
   * @throws DataException if there can be no such file
   */
  DataFileWriter(Path file, DataSchema schema) {
    this.file = file.toAbsolutePath();
    Path parent = this.file.getParent();
    Path name = this.file.getFileName();
    if (parent == null || name == null || Files.isDirectory(this.file)) {
      throw new DataException(
          DataException.Reason.DISK,
          "Rows can't be written to %s: it is a directory".formatted(file));
    }
    this.directory = parent;
    try {
      this.begun = Files.createTempFile(parent, name + "-", ".tmp");
    } catch (IOException failure) {
      throw failed(failure);
    }
    try {
      this.channel = FileChannel.open(this.begun, StandardOpenOption.WRITE);
    } catch (IOException failure) {
      deleteBegun();
      throw failed(failure);
    }
    try {
      write(DataFile.head(schema));
    } catch (RuntimeException | Error failure) {
      close();
      throw failure;
    }
  }

  private DataException failed(IOException failure) {
    if (failure instanceof ClosedByInterruptException) {
      return new DataException(
          DataException.Reason.INTERRUPTED, "The thread was interrupted", failure);
    }
    return new DataException(
        DataException.Reason.DISK,
        "Rows can't be written to %s: %s".formatted(this.file, failure),
        failure);
  }

  private void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        this.channel.write(bytes);
      }
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  void add(DataChunk chunk) {
    if (chunk.rows() == 0) {
      return;
    }
    long size = DataChunkFormat.size(chunk);
    if (chunk.rows() > DataFile.MOST_ROWS || size > DataFile.MOST_BYTES) {
      addHalves(chunk);
      return;
    }
    ByteBuffer plain = DataFile.buffer((int) size);
    DataChunkFormat.write(chunk, plain);
    byte[] made = new byte[plain.capacity()];
    int length = this.blocks.compress(plain.array(), made);
    byte[] bytes = length == plain.capacity() ? plain.array() : made;
    write(head(length, plain.capacity(), chunk.rows(), DataFile.checksum(bytes, length)));
    write(ByteBuffer.wrap(bytes, 0, length));
    this.rows += chunk.rows();
  }

  private static ByteBuffer head(int length, int size, long rows, int checksum) {
    return DataFile.buffer(DataFile.BLOCK_HEAD)
        .putInt(length)
        .putInt(size)
        .putLong(rows)
        .putInt(checksum)
        .flip();
  }

  private void addHalves(DataChunk chunk) {
    if (chunk.rows() == 1) {
      throw new DataException(
          DataException.Reason.MEMORY,
          "Row %d has more than 256 MB, which is more than a file of rows takes"
              .formatted(this.rows + 1));
    }
    int half = chunk.rows() / 2;
    add(chunk.slice(0, half));
    add(chunk.slice(half, chunk.rows() - half));
  }

  /** The file is whole; how many rows it has. */
  long finish() {
    write(head(0, 0, this.rows, 0));
    try {
      this.channel.force(true);
      this.channel.close();
      move();
      forceName();
      return this.rows;
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  private void move() throws IOException {
    try {
      Files.move(
          this.begun,
          this.file,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException notHere) {
      Files.move(this.begun, this.file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The name is on the disk as well then. Some systems can't. */
  private void forceName() {
    try (FileChannel names = FileChannel.open(this.directory, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException impossible) {
      // What the file has is safe.
    }
  }

  /** What has not been finished is gone. */
  @Override
  public void close() {
    this.blocks.close();
    try {
      this.channel.close();
    } catch (IOException left) {
      // Nobody reads what was begun.
    }
    deleteBegun();
  }

  private void deleteBegun() {
    try {
      Files.deleteIfExists(this.begun);
    } catch (IOException left) {
      this.begun.toFile().deleteOnExit();
    }
  }
}
