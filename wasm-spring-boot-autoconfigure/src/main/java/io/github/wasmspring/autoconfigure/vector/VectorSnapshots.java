package io.github.wasmspring.autoconfigure.vector;

import io.github.wasmspring.vector.VectorIndexes;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Writes snapshots when no more requests come in. They were restored where the indexes were made:
 * one that can't be read stops the start, as it would be overwritten at the end.
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
    this.running = true;
  }

  @Override
  public synchronized void stop() {
    if (this.running) {
      this.running = false;
      try {
        this.indexes.snapshot(this.directory);
      } catch (RuntimeException failure) {
        logger.error("Vector indexes could not be kept: {}", failure.getMessage(), failure);
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return this.running;
  }

  /** After what answers requests, which has a higher one. */
  @Override
  public int getPhase() {
    return 0;
  }
}
