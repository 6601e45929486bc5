package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in order. As many as memory allows are sorted at a time; where there are more, such runs go
 * to disk and are merged. Rows with equal keys stay in the order in which they came.
 */
final class DataSortStage implements DataFlow {

  /** How many rows the module sorts at a time. */
  private static final int MOST_ROWS = 1 << 16;

  /** How many runs are merged at a time. */
  private static final int MOST_RUNS = 64;

  private static final int WRITTEN_ROWS = 1024;

  private final DataRun run;
  private final DataFlow from;
  private final List<DataType> types;
  private final List<DataType> typesWithKey;
  private final DataKernel kernel;
  private final List<DataFlow> runs = new ArrayList<>();
  private long kept;
  private @Nullable DataFlow merged;

  /**
   * @param program computes the keys
   */
  DataSortStage(DataRun run, DataFlow from, List<DataType> types, DataProgram program) {
    this.run = run;
    this.from = from;
    this.types = types;
    this.typesWithKey = new ArrayList<>(types);
    this.typesWithKey.add(DataType.TEXT);
    this.kernel = run.kernel(program);
  }

  @Override
  public @Nullable DataChunk next() {
    DataFlow all = this.merged;
    if (all == null) {
      sort();
      all = merge(this.runs);
      this.merged = all;
    }
    DataChunk chunk = all.next();
    return chunk == null
        ? null
        : new DataChunk(chunk.rows(), chunk.columns().subList(0, this.types.size()));
  }

  private void sort() {
    List<DataChunk> chunks = new ArrayList<>();
    long size = 0;
    int rows = 0;
    for (DataChunk chunk = this.from.next(); chunk != null; chunk = this.from.next()) {
      if (chunk.rows() > 0) {
        chunks.add(chunk);
        rows += chunk.rows();
        size += chunk.size();
      }
      // Half of it, as what is sorted is made anew.
      if (rows >= MOST_ROWS || size > this.run.settings.memoryLimit() / 2) {
        addRun(chunks);
        chunks = new ArrayList<>();
        size = 0;
        rows = 0;
      }
    }
    if (rows > 0) {
      addRun(chunks);
    }
  }

  private void addRun(List<DataChunk> chunks) {
    DataChunk all = DataChunk.concat(this.types, chunks);
    DataKernel.Order order = this.kernel.sort(all);
    List<DataColumn> columns = new ArrayList<>(all.take(order.rows(), all.rows()).columns());
    columns.add(order.keys());
    DataChunk sorted = new DataChunk(all.rows(), columns);
    this.kept += sorted.size();
    if (this.kept > this.run.settings.memoryLimit()) {
      writeRuns();
      this.runs.add(written(new OneChunk(sorted)));
      this.kept = 0;
    } else {
      this.runs.add(new OneChunk(sorted));
    }
    if (this.runs.size() > MOST_RUNS) {
      // The first ones, so that equal keys stay in the order of their rows.
      DataFlow fewer = written(merge(List.copyOf(this.runs)));
      this.runs.clear();
      this.runs.add(fewer);
      this.kept = 0;
    }
  }

  private void writeRuns() {
    for (int each = 0; each < this.runs.size(); each++) {
      if (this.runs.get(each) instanceof OneChunk inMemory) {
        this.runs.set(each, written(inMemory));
      }
    }
  }

  private DataFlow written(DataFlow sorted) {
    DataSpill.Run file = this.run.spill.create(this.typesWithKey);
    for (DataChunk chunk = sorted.next(); chunk != null; chunk = sorted.next()) {
      for (int from = 0; from < chunk.rows(); from += WRITTEN_ROWS) {
        int count = Math.min(WRITTEN_ROWS, chunk.rows() - from);
        int[] rows = new int[count];
        for (int each = 0; each < count; each++) {
          rows[each] = from + each;
        }
        file.write(chunk.take(rows, count));
      }
    }
    sorted.close();
    return file;
  }

  private DataFlow merge(List<DataFlow> sorted) {
    return sorted.size() == 1
        ? sorted.get(0)
        : new DataMerge(this.typesWithKey, sorted, this.run.settings.chunkRows());
  }

  /** A run in memory. */
  private static final class OneChunk implements DataFlow {

    private @Nullable DataChunk chunk;

    OneChunk(DataChunk chunk) {
      this.chunk = chunk;
    }

    @Override
    public @Nullable DataChunk next() {
      DataChunk now = this.chunk;
      this.chunk = null;
      return now;
    }

    @Override
    public void close() {
      this.chunk = null;
    }
  }

  @Override
  public void close() {
    this.runs.clear();
    this.merged = null;
    try {
      this.kernel.close();
    } finally {
      this.from.close();
    }
  }
}
