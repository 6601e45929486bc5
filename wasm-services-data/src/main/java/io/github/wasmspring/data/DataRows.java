package io.github.wasmspring.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The rows that come out of a pipeline, made when they are asked for. To be closed, even if not all
 * are read; for one thread at a time.
 */
public final class DataRows implements Iterator<DataRow>, AutoCloseable {

  /** What a chunk may take before it has all its rows. */
  static final long MOST_BYTES = 8L << 20;

  private final DataSchema schema;
  private final DataFlow flow;
  private final DataRun run;
  private @Nullable DataChunk chunk;
  private int next;
  private boolean ended;
  private boolean released;
  private boolean closed;

  DataRows(DataSchema schema, DataFlow flow, DataRun run) {
    this.schema = schema;
    this.flow = flow;
    this.run = run;
  }

  static DataException failed(DataProgram program, DataFailure failure, long rowsBefore) {
    return new DataException(
        failure.state == JavaVector.OVERFLOW
            ? DataException.Reason.OVERFLOW
            : DataException.Reason.VALUE,
        "Row %d, '%s': %s"
            .formatted(
                rowsBefore + failure.row + 1, program.label(failure.place), failure.reason()));
  }

  /** To be asked by whatever may go on for long. */
  static void requireNoInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw new DataException(DataException.Reason.INTERRUPTED, "The thread was interrupted");
    }
  }

  public DataSchema schema() {
    return this.schema;
  }

  /**
   * @throws DataException if a row can't be processed; nothing more comes then
   * @throws IllegalStateException after {@link #close()}
   */
  @Override
  public boolean hasNext() {
    if (this.closed) {
      throw new IllegalStateException("The rows are closed");
    }
    if (this.ended) {
      return false;
    }
    try {
      while (this.chunk == null || this.next == this.chunk.rows()) {
        requireNoInterrupt();
        this.chunk = this.flow.next();
        this.next = 0;
        if (this.chunk == null) {
          this.ended = true;
          release();
          return false;
        }
      }
      return true;
    } catch (RuntimeException | Error failure) {
      close();
      throw failure;
    }
  }

  @Override
  public DataRow next() {
    DataChunk now = hasNext() ? this.chunk : null;
    if (now == null) {
      throw new NoSuchElementException("There are no more rows");
    }
    return new DataRow(this.schema, now, this.next++);
  }

  /** Writes chunks as they are; before any row has been read. */
  long writeTo(DataFileWriter file) {
    try {
      for (DataChunk next = this.flow.next(); next != null; next = this.flow.next()) {
        requireNoInterrupt();
        file.add(next);
      }
      return file.finish();
    } finally {
      close();
    }
  }

  /** Gives back what the pipeline needs: instances, files, and what the source is. */
  @Override
  public void close() {
    if (!this.closed) {
      this.closed = true;
      release();
    }
  }

  private void release() {
    if (!this.released) {
      this.released = true;
      try {
        this.flow.close();
      } finally {
        this.run.close();
      }
    }
  }
}
