package io.github.wasmspring.data;

import io.github.wasmspring.WasmExecutionMode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How rows are processed.
 *
 * @param chunkRows how many rows cross at a time, 1 to 65,536
 * @param memoryLimit about how many bytes each stage of a pipeline may keep of groups, of rows to
 *     be sorted, or of the right side of a join; what is more goes to disk, where that is possible
 * @param spillDirectory where, {@code null} for the directory of temporary files
 * @param spillLimit how many bytes one run of a pipeline may have there; 0 forbids it
 * @param spillCompression whether what goes there is compressed, which takes less room and more
 *     time
 * @param executionMode who answers, {@code null} for what the settings of the module say
 */
public record DataSettings(
    int chunkRows,
    long memoryLimit,
    @Nullable Path spillDirectory,
    long spillLimit,
    boolean spillCompression,
    @Nullable WasmExecutionMode executionMode) {

  /** 8,192 rows at a time, 64 MB in memory, 4 GB on disk, not compressed. */
  public static final DataSettings DEFAULTS =
      new DataSettings(8192, 64L << 20, null, 4L << 30, false, null);

  private static final int MOST_ROWS = 1 << 16;
  private static final long MOST_MEMORY = 1L << 29;

  public DataSettings {
    require(
        chunkRows >= 1 && chunkRows <= MOST_ROWS, "A chunk has 1 to 65536 rows, not " + chunkRows);
    require(
        memoryLimit >= 1 && memoryLimit <= MOST_MEMORY,
        "The memory limit is 1 byte to 512 MB, not " + memoryLimit + " bytes");
    require(spillLimit >= 0, "The limit on disk must not be negative, but it is " + spillLimit);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  public DataSettings withChunkRows(int rows) {
    return new DataSettings(
        rows,
        this.memoryLimit,
        this.spillDirectory,
        this.spillLimit,
        this.spillCompression,
        this.executionMode);
  }

  public DataSettings withMemoryLimit(long bytes) {
    return new DataSettings(
        this.chunkRows,
        bytes,
        this.spillDirectory,
        this.spillLimit,
        this.spillCompression,
        this.executionMode);
  }

  public DataSettings withSpillDirectory(@Nullable Path directory) {
    return new DataSettings(
        this.chunkRows,
        this.memoryLimit,
        directory,
        this.spillLimit,
        this.spillCompression,
        this.executionMode);
  }

  public DataSettings withSpillLimit(long bytes) {
    return new DataSettings(
        this.chunkRows,
        this.memoryLimit,
        this.spillDirectory,
        bytes,
        this.spillCompression,
        this.executionMode);
  }

  public DataSettings withSpillCompression(boolean compressed) {
    return new DataSettings(
        this.chunkRows,
        this.memoryLimit,
        this.spillDirectory,
        this.spillLimit,
        compressed,
        this.executionMode);
  }

  public DataSettings withExecutionMode(@Nullable WasmExecutionMode mode) {
    return new DataSettings(
        this.chunkRows,
        this.memoryLimit,
        this.spillDirectory,
        this.spillLimit,
        this.spillCompression,
        mode);
  }
}
