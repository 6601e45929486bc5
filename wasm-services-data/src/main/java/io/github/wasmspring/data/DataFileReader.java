package io.github.wasmspring.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** Rows of a file, from the first on. Whatever the file is, nothing but rows or an error comes. */
final class DataFileReader implements DataFlow {

  private final Path file;
  private final FileChannel channel;
  private final DataBlocks blocks = new DataBlocks();
  private final DataSchema schema;
  private long rows;
  private boolean ended;

  /**
   * @throws DataException if it can't be read, or is no file of rows
   */
  DataFileReader(Path file) {
    this.file = file;
    try {
      this.channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException failure) {
      this.blocks.close();
      throw failed(failure);
    }
    try {
      this.schema = readSchema();
    } catch (RuntimeException | Error failure) {
      close();
      throw failure;
    }
  }

  static DataSchema schema(Path file) {
    try (DataFileReader reader = new DataFileReader(file)) {
      return reader.schema;
    }
  }

  DataSchema schema() {
    return this.schema;
  }

  private DataException failed(IOException failure) {
    if (failure instanceof ClosedByInterruptException) {
      return new DataException(
          DataException.Reason.INTERRUPTED, "The thread was interrupted", failure);
    }
    return new DataException(
        DataException.Reason.DISK,
        "Rows of %s can't be read: %s".formatted(this.file, failure),
        failure);
  }

  private DataException damaged(String how, @Nullable Throwable cause) {
    return new DataException(
        DataException.Reason.DAMAGED,
        "%s is no whole file of rows: %s%s; write it again"
            .formatted(this.file, how, this.rows == 0 ? "" : " after row " + this.rows),
        cause);
  }

  private ByteBuffer read(int size) {
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    try {
      while (bytes.hasRemaining()) {
        if (this.channel.read(bytes) < 0) {
          throw damaged("it ends too early", new EOFException());
        }
      }
    } catch (IOException failure) {
      throw failed(failure);
    }
    return bytes.flip();
  }

  private DataSchema readSchema() {
    ByteBuffer head = read(DataFile.HEAD);
    if (head.getLong() != DataFile.MAGIC) {
      throw damaged("it begins with something else", null);
    }
    int version = head.getInt();
    if (version != DataFile.VERSION) {
      throw damaged(
          "it has version %d, and this knows %d".formatted(version, DataFile.VERSION), null);
    }
    int length = head.getInt();
    if (length < 0 || length > DataFile.MOST_SCHEMA) {
      throw damaged("its columns can't be so long", null);
    }
    byte[] columns = read(length).array();
    if (DataFile.checksum(columns, length) != head.getInt()) {
      throw damaged("the checksum of its columns is another", null);
    }
    try {
      return DataFile.schema(columns);
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException none) {
      throw damaged("its columns can't be", none);
    }
  }

  @Override
  public @Nullable DataChunk next() {
    if (this.ended) {
      return null;
    }
    DataRows.requireNoInterrupt();
    ByteBuffer head = read(DataFile.BLOCK_HEAD);
    int length = head.getInt();
    int size = head.getInt();
    long count = head.getLong();
    if (length == 0 && size == 0) {
      end(count);
      return null;
    }
    requirePossible(length, size, count);
    byte[] bytes = read(length).array();
    if (DataFile.checksum(bytes, length) != head.getInt()) {
      throw damaged("a checksum is another", null);
    }
    DataChunk chunk = chunk(bytes, size, (int) count);
    this.rows += count;
    return chunk;
  }

  private void end(long count) {
    if (count != this.rows) {
      throw damaged("it should have %d rows".formatted(count), null);
    }
    if (left() > 0) {
      throw damaged("there is more behind its end", null);
    }
    this.ended = true;
  }

  private void requirePossible(int length, int size, long count) {
    boolean possible =
        length > 0
            && size >= length
            && size <= DataFile.MOST_BYTES
            && DataBlocks.isPossible(size, length)
            && count > 0
            && count <= DataFile.MOST_ROWS
            && length <= left();
    if (!possible) {
      throw damaged("a block can't be so long", null);
    }
  }

  private long left() {
    try {
      return this.channel.size() - this.channel.position();
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  private DataChunk chunk(byte[] bytes, int size, int count) {
    try {
      byte[] plain = bytes.length == size ? bytes : this.blocks.decompress(bytes, size);
      ByteBuffer buffer = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
      if (size < Integer.BYTES || buffer.getInt(0) != count) {
        throw new IllegalArgumentException("it has another number of rows");
      }
      DataChunk chunk = DataChunkFormat.read(buffer, this.schema.types());
      DataChunkCheck.check(chunk);
      return chunk;
    } catch (DataFormatException | IllegalArgumentException wrong) {
      throw damaged("a block is none (%s)".formatted(wrong.getMessage()), wrong);
    }
  }

  @Override
  public void close() {
    this.blocks.close();
    try {
      this.channel.close();
    } catch (IOException left) {
      throw failed(left);
    }
  }
}
