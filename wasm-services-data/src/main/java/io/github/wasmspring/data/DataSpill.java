package io.github.wasmspring.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run of a pipeline. Each is gone when it is closed; and where the system lets go
 * of the names of open files, its name is gone as soon as it is there, so that nothing stays behind
 * whatever happens.
 */
final class DataSpill implements AutoCloseable {

  private static final String PREFIX = "wasm-data-";

  /** How long a chunk is in the file, and out of it. */
  private static final int HEAD = 2 * Integer.BYTES;

  private final DataSettings settings;
  private final List<Run> files = new ArrayList<>();
  private final DataBlocks blocks = new DataBlocks();
  private long bytes;
  private long largest;

  DataSpill(DataSettings settings) {
    this.settings = settings;
  }

  /** A file for chunks of such columns. */
  Run create(List<DataType> types) {
    if (this.settings.spillLimit() == 0) {
      throw new DataException(
          DataException.Reason.MEMORY,
          "More memory is needed than %d bytes, and nothing may go to disk; raise wasm.services.data.memory-limit or spill-limit (DataSettings)"
              .formatted(this.settings.memoryLimit()));
    }
    try {
      Path directory = this.settings.spillDirectory();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Path path =
          directory == null
              ? Files.createTempFile(PREFIX, ".rows")
              : Files.createTempFile(directory, PREFIX, ".rows");
      Run file = new Run(path, types);
      this.files.add(file);
      return file;
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  private DataException failed(IOException failure) {
    if (failure instanceof ClosedByInterruptException) {
      return new DataException(
          DataException.Reason.INTERRUPTED, "The thread was interrupted", failure);
    }
    Path directory = this.settings.spillDirectory();
    return new DataException(
        DataException.Reason.DISK,
        "Rows can't be put on disk in %s: %s; see wasm.services.data.spill-directory"
            .formatted(directory == null ? "the directory of temporary files" : directory, failure),
        failure);
  }

  /** How many bytes all files have. */
  long bytes() {
    return this.bytes;
  }

  /** How many bytes the largest piece has that is read at a time. */
  long largest() {
    return this.largest;
  }

  /** How many files there are. */
  int count() {
    return this.files.size();
  }

  private void reserve(long more) {
    if (this.bytes + more > this.settings.spillLimit()) {
      throw new DataException(
          DataException.Reason.DISK,
          "More than %d bytes would be put on disk; raise wasm.services.data.spill-limit"
              .formatted(this.settings.spillLimit()));
    }
    this.bytes += more;
  }

  @Override
  public void close() {
    List.copyOf(this.files).forEach(Run::close);
    this.blocks.close();
  }

  /** Chunks in a file: written, then read from the first on. */
  final class Run implements DataFlow {

    private final List<DataType> types;
    private final Path path;
    private final FileChannel channel;
    private long written;
    private long read;

    private Run(Path path, List<DataType> types) throws IOException {
      this.types = types;
      this.path = path;
      this.channel = open(path);
      try {
        Files.delete(path);
      } catch (IOException stillOpen) {
        // Some systems keep the names of open files; it is deleted when it is closed.
        path.toFile().deleteOnExit();
      }
    }

    private static FileChannel open(Path path) throws IOException {
      try {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      } catch (IOException failure) {
        Files.deleteIfExists(path);
        throw failure;
      }
    }

    void write(DataChunk chunk) {
      long size = DataChunkFormat.size(chunk);
      if (size > Integer.MAX_VALUE - HEAD) {
        throw DataMemory.chunk();
      }
      DataSpill.this.largest = Math.max(DataSpill.this.largest, size);
      ByteBuffer plain = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
      DataChunkFormat.write(chunk, plain);
      ByteBuffer stored = DataSpill.this.settings.spillCompression() ? compressed(plain) : plain;
      reserve(HEAD + stored.remaining());
      ByteBuffer head = ByteBuffer.allocate(HEAD);
      head.putInt(stored.remaining()).putInt((int) size).flip();
      try {
        writeFully(head);
        writeFully(stored);
      } catch (IOException failure) {
        throw failed(failure);
      }
    }

    private ByteBuffer compressed(ByteBuffer plain) {
      byte[] made = new byte[plain.capacity()];
      int length = DataSpill.this.blocks.compress(plain.array(), made);
      return length == made.length ? plain : ByteBuffer.wrap(made, 0, length);
    }

    private void writeFully(ByteBuffer buffer) throws IOException {
      while (buffer.hasRemaining()) {
        this.written += this.channel.write(buffer, this.written);
      }
    }

    @Override
    public @Nullable DataChunk next() {
      if (this.read == this.written) {
        return null;
      }
      try {
        ByteBuffer head = readFully(HEAD);
        int length = head.getInt();
        int size = head.getInt();
        if (length < 0 || size < length || length > this.written - this.read) {
          throw new IOException("a file of rows is not what was written");
        }
        byte[] stored = readFully(length).array();
        byte[] plain = length == size ? stored : DataSpill.this.blocks.decompress(stored, size);
        return DataChunkFormat.read(
            ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN), this.types);
      } catch (DataFormatException | IllegalArgumentException torn) {
        throw failed(new IOException("a file of rows is not what was written", torn));
      } catch (IOException failure) {
        throw failed(failure);
      }
    }

    private ByteBuffer readFully(int size) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(size);
      while (buffer.hasRemaining()) {
        int count = this.channel.read(buffer, this.read);
        if (count < 0) {
          throw new IOException("a file of rows has become shorter");
        }
        this.read += count;
      }
      return buffer.flip();
    }

    @Override
    public void close() {
      if (DataSpill.this.files.remove(this)) {
        DataSpill.this.bytes -= this.written;
        try {
          this.channel.close();
          Files.deleteIfExists(this.path);
        } catch (IOException left) {
          this.path.toFile().deleteOnExit();
        }
      }
    }
  }
}
