package io.github.wasmspring.autoconfigure.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.unit.DataSize;

/** Configuration properties for the data processor. */
@Lazy
@ConfigurationProperties("wasm.services.data")
public class WasmDataProperties {

  /** Whether there is a data processor, where its jar is on the class path. */
  private boolean enabled = true;

  /** Rows that cross to the module at a time. */
  private int chunkRows = 8192;

  /**
   * Bytes that each stage of a pipeline may keep of groups, of rows to be sorted, or of the right
   * side of a join.
   */
  private DataSize memoryLimit = DataSize.ofMegabytes(64);

  /** Directory for what is more than the memory limit; else where temporary files go. */
  private @Nullable Path spillDirectory;

  /** Bytes that one run of a pipeline may have on disk; 0 forbids it. */
  private DataSize spillLimit = DataSize.ofGigabytes(4);

  /** Whether what goes to disk is compressed, which takes less room and more time. */
  private boolean spillCompression;

  public boolean isEnabled() {
    return this.enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public int getChunkRows() {
    return this.chunkRows;
  }

  public void setChunkRows(int chunkRows) {
    this.chunkRows = chunkRows;
  }

  public DataSize getMemoryLimit() {
    return this.memoryLimit;
  }

  public void setMemoryLimit(DataSize memoryLimit) {
    this.memoryLimit = memoryLimit;
  }

  public @Nullable Path getSpillDirectory() {
    return this.spillDirectory;
  }

  public void setSpillDirectory(@Nullable Path spillDirectory) {
    this.spillDirectory = spillDirectory;
  }

  public boolean isSpillCompression() {
    return this.spillCompression;
  }

  public void setSpillCompression(boolean spillCompression) {
    this.spillCompression = spillCompression;
  }

  public DataSize getSpillLimit() {
    return this.spillLimit;
  }

  public void setSpillLimit(DataSize spillLimit) {
    this.spillLimit = spillLimit;
  }
}
