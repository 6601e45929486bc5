package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows one by one: filters, derives, projects. */
final class DataTransformStage implements DataFlow {

  private final DataFlow from;
  private final List<DataPlan.Slot> slots;
  private final boolean filtered;
  private final DataProgram program;
  private final @Nullable DataKernel kernel;
  private long row;

  DataTransformStage(DataRun run, DataFlow from, DataPlan plan) {
    this.from = from;
    this.slots = plan.slots();
    this.filtered = plan.isFiltered();
    boolean projects = plan.isProjection();
    this.program = plan.transform();
    this.kernel = projects ? null : run.kernel(this.program);
  }

  @Override
  public @Nullable DataChunk next() {
    DataChunk chunk = this.from.next();
    if (chunk == null || chunk.rows() == 0) {
      return chunk == null ? null : new DataChunk(0, columns(chunk, List.of(), null));
    }
    if (this.kernel == null) {
      return new DataChunk(chunk.rows(), columns(chunk, List.of(), null));
    }
    DataChunk made;
    try {
      made = this.kernel.transform(chunk);
    } catch (DataFailure failure) {
      throw DataRows.failed(this.program, failure, this.row);
    }
    this.row += chunk.rows();
    return new DataChunk(made.rows(), columns(chunk, made.columns(), rows(made)));
  }

  /** Which rows of the chunk are left, {@code null} for all. */
  private int @Nullable [] rows(DataChunk made) {
    if (!this.filtered) {
      return null;
    }
    DataColumn last = made.columns().get(made.columns().size() - 1);
    int[] rows = new int[made.rows()];
    for (int each = 0; each < rows.length; each++) {
      rows[each] = (int) last.values[each];
    }
    return rows;
  }

  private List<DataColumn> columns(DataChunk chunk, List<DataColumn> made, int @Nullable [] rows) {
    List<DataColumn> columns = new ArrayList<>();
    int next = 0;
    for (DataPlan.Slot slot : this.slots) {
      if (slot.isMade()) {
        // Where there are no rows, nothing has been made.
        columns.add(
            next < made.size() ? made.get(next++) : new DataColumnBuilder(slot.type(), 0).build());
      } else {
        DataColumn column = chunk.columns().get(slot.number());
        columns.add(
            rows == null || rows.length == chunk.rows() ? column : column.take(rows, rows.length));
      }
    }
    return columns;
  }

  @Override
  public void close() {
    try {
      if (this.kernel != null) {
        this.kernel.close();
      }
    } finally {
      this.from.close();
    }
  }
}
