package io.github.wasmspring.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups. Rows whose groups have no room in memory go to disk, apart by the hashes of their keys,
 * and are grouped when the others are done: all rows of a group are in one file.
 */
final class DataGroupStage implements DataFlow {

  /**
   * Rows on disk.
   *
   * @param level how often they have been set apart
   */
  private record Part(DataSpill.Run rows, int level) {}

  private final DataRun run;
  private final DataFlow from;
  private final List<DataType> types;
  private final DataProgram program;
  private final List<DataAggregate> aggregates;
  private final DataKernel kernel;
  private final Deque<Part> parts = new ArrayDeque<>();
  private boolean begun;
  private int groups;
  private int written;

  /**
   * @param types of the columns that come in
   */
  DataGroupStage(
      DataRun run,
      DataFlow from,
      List<DataType> types,
      DataProgram program,
      List<DataAggregate> aggregates) {
    this.run = run;
    this.from = from;
    this.types = types;
    this.program = program;
    this.aggregates = aggregates;
    this.kernel = run.kernel(program);
  }

  @Override
  public @Nullable DataChunk next() {
    if (!this.begun) {
      this.begun = true;
      if (this.program.keys().isEmpty()) {
        // One group, even of no rows.
        group(new DataChunkBuilder(this.types, 0).build(), 0, apart(0), 0);
      }
      group(this.from, 0);
    }
    while (this.written == this.groups) {
      Part part = this.parts.poll();
      if (part == null) {
        return null;
      }
      this.kernel.clear();
      group(part.rows, part.level);
      part.rows.close();
    }
    int count = Math.min(this.groups - this.written, this.run.settings.chunkRows());
    try {
      DataChunk chunk = this.kernel.groups(this.written, count);
      this.written += count;
      return chunk;
    } catch (DataFailure failure) {
      throw new DataException(
          DataException.Reason.OVERFLOW,
          "Aggregate '%s': %s"
              .formatted(this.aggregates.get(failure.place).name(), failure.reason()));
    }
  }

  private DataParts apart(int level) {
    return new DataParts(this.run, this.types, level);
  }

  private void group(DataFlow rows, int level) {
    DataParts apart = apart(level);
    long row = 0;
    for (DataChunk chunk = rows.next(); chunk != null; chunk = rows.next()) {
      group(chunk, row, apart, level);
      row += chunk.rows();
    }
    // Before others that wait, so that there are never many.
    for (DataSpill.Run file : apart.end()) {
      if (file != null) {
        this.parts.push(new Part(file, level + 1));
      }
    }
    this.groups = this.kernel.groups();
    this.written = 0;
  }

  private void group(DataChunk chunk, long row, DataParts apart, int level) {
    DataKernel.Rest rest;
    try {
      rest = this.kernel.group(chunk);
    } catch (DataFailure failure) {
      throw DataRows.failed(this.program, failure, row);
    }
    if (rest.rows().length > 0 && level == DataParts.MOST_LEVELS) {
      throw DataMemory.parts();
    }
    for (int each = 0; each < rest.rows().length; each++) {
      apart.add(chunk, rest.rows()[each], rest.hashes()[each]);
    }
  }

  @Override
  public void close() {
    try {
      this.kernel.close();
    } finally {
      this.from.close();
    }
  }
}
