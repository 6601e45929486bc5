package io.github.wasmspring.autoconfigure.vector;

import io.github.wasmspring.vector.VectorIndexes;
import io.github.wasmspring.vector.VectorSnapshotException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Restores the snapshots of a directory before requests come in, and writes them when no more do. A
 * snapshot that can't be read stops the start: going on would overwrite it at the end.
 */
final class VectorSnapshots implements SmartLifecycle {

  private static final Logger logger = LoggerFactory.getLogger(VectorSnapshots.class);

  private final VectorIndexes indexes;
  private final Path directory;
  private boolean running;

  VectorSnapshots(VectorIndexes indexes, Path directory) {
    this.indexes = indexes;
    this.directory = directory;
  }

  @Override
  public synchronized void start() {
    if (!this.running) {
      this.indexes.restore(this.directory);
      this.running = true;
    }
  }

  @Override
  public synchronized void stop() {
    if (this.running) {
      this.running = false;
      try {
        this.indexes.snapshot(this.directory);
      } catch (VectorSnapshotException failure) {
        logger.error("Vector indexes could not be kept: {}", failure.getMessage(), failure);
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return this.running;
  }

  /** Before what answers requests. */
  @Override
  public int getPhase() {
    return 0;
  }
}
