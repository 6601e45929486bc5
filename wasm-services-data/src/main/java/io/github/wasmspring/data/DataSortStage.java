package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in order. As many as memory allows are sorted at a time; where there are more, such runs go
 * to disk and are merged: files of one level become one of the next, so that each row is written
 * once for each level. Rows with equal keys stay in the order in which they came, as only
 * neighbours are merged.
 */
final class DataSortStage implements DataFlow {

  /** How many rows the module sorts at a time. */
  private static final int MOST_ROWS = 1 << 16;

  /** How many files are merged at a time. */
  static final int MOST_FILES = 64;

  private static final int WRITTEN_ROWS = 1024;

  private final DataRun run;
  private final DataFlow from;
  private final List<DataType> types;
  private final List<DataType> typesWithKey;
  private final DataKernel kernel;
  private final List<Sorted> files = new ArrayList<>();
  private final List<DataFlow> inMemory = new ArrayList<>();
  private long kept;
  private @Nullable DataFlow merged;

  /**
   * Rows on disk. Levels become lower from the first file to the last.
   *
   * @param level how often they have been merged
   */
  private record Sorted(DataFlow rows, int level) {}

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
      all = mergeAll();
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
    this.inMemory.add(new OneChunk(sorted));
    if (this.kept > this.run.settings.memoryLimit()) {
      this.files.add(new Sorted(write(this.inMemory), 0));
      this.inMemory.clear();
      this.kept = 0;
      mergeLevels();
    }
  }

  private void mergeLevels() {
    for (int level = 0; ; level++) {
      int first = 0;
      while (first < this.files.size() && this.files.get(first).level > level) {
        first++;
      }
      if (this.files.size() - first <= MOST_FILES) {
        return;
      }
      // All but the last one, which is the first of the next ones.
      mergeFiles(first, first + MOST_FILES, level + 1);
    }
  }

  private void mergeFiles(int first, int end, int level) {
    List<Sorted> some = this.files.subList(first, end);
    DataFlow merged = write(some.stream().map(Sorted::rows).toList());
    some.clear();
    this.files.add(first, new Sorted(merged, level));
  }

  private DataFlow mergeAll() {
    while (this.files.size() > MOST_FILES) {
      // The last ones are the smallest.
      int count = Math.min(MOST_FILES, this.files.size() - MOST_FILES + 1);
      mergeFiles(this.files.size() - count, this.files.size(), 0);
    }
    List<DataFlow> all = new ArrayList<>(this.files.stream().map(Sorted::rows).toList());
    all.addAll(this.inMemory);
    return new DataMerge(
        this.typesWithKey, all, this.run.settings.chunkRows(), DataRows.MOST_BYTES);
  }

  /** In pieces of which one of each file fits memory. */
  private DataFlow write(List<DataFlow> sorted) {
    DataSpill.Run file = this.run.spill.create(this.typesWithKey);
    try (DataMerge rows =
        new DataMerge(this.typesWithKey, sorted, WRITTEN_ROWS, this.run.pieceBytes(MOST_FILES))) {
      for (DataChunk chunk = rows.next(); chunk != null; chunk = rows.next()) {
        file.write(chunk);
      }
    }
    return file;
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
    this.files.clear();
    this.inMemory.clear();
    this.merged = null;
    try {
      this.kernel.close();
    } finally {
      this.from.close();
    }
  }
}
