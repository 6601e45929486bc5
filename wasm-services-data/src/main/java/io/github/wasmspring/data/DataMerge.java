package io.github.wasmspring.data;

import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** One run of sorted rows out of several. The last column has their keys. */
final class DataMerge implements DataFlow {

  private final List<DataType> types;
  private final List<DataFlow> runs;
  private final int chunkRows;
  private final long chunkBytes;
  private final PriorityQueue<Cursor> heads = new PriorityQueue<>();
  private boolean begun;

  /**
   * @param chunkRows how many rows a chunk that comes out has at most
   * @param chunkBytes how many bytes, about, if it has more than one row
   */
  DataMerge(List<DataType> types, List<DataFlow> runs, int chunkRows, long chunkBytes) {
    this.types = types;
    this.runs = List.copyOf(runs);
    this.chunkRows = chunkRows;
    this.chunkBytes = chunkBytes;
  }

  @Override
  public @Nullable DataChunk next() {
    if (!this.begun) {
      this.begun = true;
      for (int number = 0; number < this.runs.size(); number++) {
        enter(new Cursor(this.runs.get(number), number));
      }
    }
    DataRows.requireNoInterrupt();
    DataChunkBuilder rows = new DataChunkBuilder(this.types, this.chunkRows);
    for (Cursor least = this.heads.poll(); least != null; least = this.heads.poll()) {
      rows.addFrom(least.chunk, least.row);
      enter(least);
      if (rows.rows() == this.chunkRows || rows.size() >= this.chunkBytes) {
        break;
      }
    }
    return rows.rows() == 0 ? null : rows.build();
  }

  private void enter(Cursor cursor) {
    if (cursor.advance()) {
      this.heads.add(cursor);
    }
  }

  @Override
  public void close() {
    this.runs.forEach(DataFlow::close);
  }

  /** Where a run is. */
  private static final class Cursor implements Comparable<Cursor> {

    private final DataFlow run;
    private final int number;
    private DataChunk chunk = new DataChunk(0, List.of());
    private int row = -1;

    Cursor(DataFlow run, int number) {
      this.run = run;
      this.number = number;
    }

    /** To the next row; {@code false} at the end. */
    boolean advance() {
      this.row++;
      while (this.row >= this.chunk.rows()) {
        DataChunk next = this.run.next();
        if (next == null) {
          this.run.close();
          return false;
        }
        this.chunk = next;
        this.row = 0;
      }
      return true;
    }

    private DataColumn keys() {
      return this.chunk.columns().get(this.chunk.columns().size() - 1);
    }

    @Override
    public int compareTo(Cursor other) {
      DataColumn mine = keys();
      DataColumn others = other.keys();
      int order =
          Arrays.compareUnsigned(
              mine.bytes,
              mine.offsets[this.row],
              mine.offsets[this.row + 1],
              others.bytes,
              others.offsets[other.row],
              others.offsets[other.row + 1]);
      return order != 0 ? order : Integer.compare(this.number, other.number);
    }
  }
}
