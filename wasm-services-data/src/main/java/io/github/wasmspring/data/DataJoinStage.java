package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the left side with those of the right, which is kept in memory. */
final class DataJoinStage implements DataFlow {

  private final DataRun run;
  private final DataFlow left;
  private final DataFlow right;
  private final List<DataType> rightTypes;
  private final int[] added;
  private final DataKernel kernel;
  private @Nullable DataChunk partners;
  private @Nullable DataChunk probed;

  /**
   * @param program computes the keys of the left side
   * @param buildProgram computes those of the right
   * @param added which columns of the right side are added to those of the left
   */
  DataJoinStage(
      DataRun run,
      DataFlow left,
      DataFlow right,
      List<DataType> rightTypes,
      DataProgram program,
      DataProgram buildProgram,
      int[] added) {
    this.run = run;
    this.left = left;
    this.right = right;
    this.rightTypes = rightTypes;
    this.added = added;
    this.kernel = run.kernel(program, buildProgram);
  }

  @Override
  public @Nullable DataChunk next() {
    DataChunk others = this.partners;
    if (others == null) {
      others = build();
      this.partners = others;
    }
    DataChunk mine = this.probed;
    if (mine != null) {
      DataKernel.Pairs more = this.kernel.more();
      if (more.rows().length > 0) {
        return joined(mine, others, more);
      }
    }
    mine = this.left.next();
    this.probed = mine == null || mine.rows() == 0 ? null : mine;
    if (mine == null) {
      return null;
    }
    return mine.rows() == 0
        ? joined(mine, others, new DataKernel.Pairs(new int[0], new int[0]))
        : joined(mine, others, this.kernel.probe(mine));
  }

  private DataChunk build() {
    List<DataChunk> chunks = new ArrayList<>();
    long size = 0;
    for (DataChunk chunk = this.right.next(); chunk != null; chunk = this.right.next()) {
      if (chunk.rows() > 0) {
        size += chunk.size();
        if (size > this.run.settings.memoryLimit()) {
          throw DataMemory.join();
        }
        this.kernel.build(chunk);
        chunks.add(chunk);
      }
    }
    return chunks.isEmpty()
        ? new DataChunkBuilder(this.rightTypes, 0).build()
        : DataChunk.concat(this.rightTypes, chunks);
  }

  private DataChunk joined(DataChunk mine, DataChunk others, DataKernel.Pairs pairs) {
    int count = pairs.rows().length;
    List<DataColumn> columns = new ArrayList<>(mine.take(pairs.rows(), count).columns());
    for (int place : this.added) {
      columns.add(others.columns().get(place).take(pairs.partners(), count));
    }
    return new DataChunk(count, columns);
  }

  @Override
  public void close() {
    try {
      this.kernel.close();
    } finally {
      closeSides();
    }
  }

  private void closeSides() {
    try {
      this.right.close();
    } finally {
      this.left.close();
    }
  }
}
