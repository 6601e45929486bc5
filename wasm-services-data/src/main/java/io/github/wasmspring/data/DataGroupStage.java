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

  private static final int PARTS = 16;
  private static final int BITS = 4;
  private static final int MOST_LEVELS = Integer.SIZE / BITS;
  private static final int WRITTEN_ROWS = 1024;

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
        group(new DataChunkBuilder(this.types, 0).build(), 0, 0, new Parts(0));
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

  private void group(DataFlow rows, int level) {
    Parts apart = new Parts(level);
    long row = 0;
    for (DataChunk chunk = rows.next(); chunk != null; chunk = rows.next()) {
      group(chunk, row, level, apart);
      row += chunk.rows();
    }
    apart.end();
    this.groups = this.kernel.groups();
    this.written = 0;
  }

  private void group(DataChunk chunk, long row, int level, Parts apart) {
    DataKernel.Rest rest;
    try {
      rest = this.kernel.group(chunk);
    } catch (DataFailure failure) {
      throw DataRows.failed(this.program, failure, row);
    }
    for (int each = 0; each < rest.rows().length; each++) {
      apart.add(chunk, rest.rows()[each], rest.hashes()[each] >>> level * BITS & (PARTS - 1));
    }
  }

  /** Rows that are set apart, by some bits of their hashes. */
  private final class Parts {

    private final int level;
    private final @Nullable DataChunkBuilder[] rows = new DataChunkBuilder[PARTS];
    private final DataSpill.@Nullable Run[] files = new DataSpill.Run[PARTS];

    Parts(int level) {
      this.level = level;
    }

    void add(DataChunk chunk, int row, int part) {
      if (this.level == MOST_LEVELS) {
        throw DataMemory.groups();
      }
      DataChunkBuilder builder = this.rows[part];
      if (builder == null) {
        builder = new DataChunkBuilder(DataGroupStage.this.types, WRITTEN_ROWS);
        this.rows[part] = builder;
      }
      builder.addFrom(chunk, row);
      if (builder.rows() == WRITTEN_ROWS || builder.size() > DataRows.MOST_BYTES) {
        write(part, builder);
      }
    }

    private void write(int part, DataChunkBuilder builder) {
      DataSpill.Run file = this.files[part];
      if (file == null) {
        file = DataGroupStage.this.run.spill.create(DataGroupStage.this.types);
        this.files[part] = file;
      }
      file.write(builder.build());
    }

    void end() {
      // Before others that wait, so that there are never many.
      for (int part = PARTS - 1; part >= 0; part--) {
        DataChunkBuilder builder = this.rows[part];
        if (builder != null && builder.rows() > 0) {
          write(part, builder);
        }
        DataSpill.Run file = this.files[part];
        if (file != null) {
          DataGroupStage.this.parts.push(new Part(file, this.level + 1));
        }
      }
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
