package io.github.wasmspring.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets the rows of one side of a join apart by the hashes of their keys. */
final class DataJoinParts {

  /** Of hashes of rows that have no key: any, but not all the same. */
  private static final int SPREAD = 0x9E3779B9;

  private final DataRun run;
  private final DataProgram keys;
  private final int[] keyColumns;
  private final boolean keepsNulls;
  private final DataParts parts;
  private final long seed;
  private int withoutKey;

  /**
   * @param side the columns of it
   * @param keepsNulls whether rows come out that have no partner, as those with a null in their key
   * @param level how often they have been set apart before
   * @param seed the same for both sides
   */
  DataJoinParts(
      DataRun run, DataJoinPlan plan, DataSchema side, boolean keepsNulls, int level, long seed) {
    this.run = run;
    this.keys = plan.keysOf(side);
    this.keyColumns = plan.columns().stream().mapToInt(side::place).toArray();
    this.keepsNulls = keepsNulls;
    this.parts = new DataParts(run, side.types(), level);
    this.seed = seed;
  }

  /**
   * @param begun chunks that have been read
   * @param rest those that have not
   * @return the files, {@code null} for a part without rows
   */
  List<DataSpill.@Nullable Run> setApart(List<DataChunk> begun, DataFlow rest) {
    try (DataKernel kernel = this.run.kernel(this.keys)) {
      begun.forEach(chunk -> setApart(chunk, kernel));
      for (DataChunk chunk = rest.next(); chunk != null; chunk = rest.next()) {
        if (chunk.rows() > 0) {
          setApart(chunk, kernel);
        }
      }
    }
    return this.parts.end();
  }

  private void setApart(DataChunk chunk, DataKernel kernel) {
    DataKernel.Order order = kernel.sort(chunk);
    DataColumn all = order.keys();
    int[] hashes = new int[chunk.rows()];
    for (int place = 0; place < hashes.length; place++) {
      hashes[order.rows()[place]] =
          DataParts.hash(this.seed, all.bytes, all.offsets[place], all.offsets[place + 1]);
    }
    // In the order of the rows, as partners come out in it.
    for (int row = 0; row < hashes.length; row++) {
      if (hasKey(chunk, row)) {
        this.parts.add(chunk, row, hashes[row]);
      } else if (this.keepsNulls) {
        // They have no partner wherever they are, and need not fit memory together.
        this.parts.add(chunk, row, spread());
      }
    }
  }

  private boolean hasKey(DataChunk chunk, int row) {
    for (int column : this.keyColumns) {
      if (chunk.columns().get(column).isNull(row)) {
        return false;
      }
    }
    return true;
  }

  private int spread() {
    int hash = ++this.withoutKey * SPREAD;
    return hash ^ hash >>> Short.SIZE;
  }
}
