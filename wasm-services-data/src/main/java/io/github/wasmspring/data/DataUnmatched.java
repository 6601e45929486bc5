package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the right side of a join that turn out to have no partner, in their order. */
final class DataUnmatched {

  private final DataJoinPlan plan;
  private final DataChunk rows;
  private final int chunkRows;
  private final BitSet matched;
  private int next;

  /**
   * @param rows all of the right side
   * @param chunkRows how many come out at a time, at most
   */
  DataUnmatched(DataJoinPlan plan, DataChunk rows, int chunkRows) {
    this.plan = plan;
    this.rows = rows;
    this.chunkRows = chunkRows;
    this.matched = new BitSet(rows.rows());
  }

  /**
   * @param partners rows that have one, and -1
   */
  void match(int[] partners) {
    for (int partner : partners) {
      if (partner >= 0) {
        this.matched.set(partner);
      }
    }
  }

  /** Some of those that have not been matched, {@code null} after the last one. */
  @Nullable DataChunk next() {
    int[] found = new int[this.chunkRows];
    int count = 0;
    long size = 0;
    int row = this.matched.nextClearBit(this.next);
    while (row < this.rows.rows() && count < found.length && size < DataRows.MOST_BYTES) {
      found[count++] = row;
      for (DataColumn column : this.rows.columns()) {
        size += column.size(row);
      }
      row = this.matched.nextClearBit(row + 1);
    }
    this.next = row;
    return count == 0 ? null : new DataChunk(count, columns(found, count));
  }

  /** Keys are those of the right side, and its other columns are added to the left's nulls. */
  private List<DataColumn> columns(int[] found, int count) {
    List<DataColumn> columns = new ArrayList<>();
    for (DataField field : this.plan.left().fields()) {
      columns.add(
          this.plan.columns().contains(field.name())
              ? right(this.plan.right().place(field.name()), found, count)
              : nulls(field.type(), count));
    }
    this.plan.added().forEach(place -> columns.add(right(place, found, count)));
    return columns;
  }

  private DataColumn right(int place, int[] found, int count) {
    return this.rows.columns().get(place).take(found, count);
  }

  private static DataColumn nulls(DataType type, int count) {
    DataColumnBuilder nulls = new DataColumnBuilder(type, count);
    for (int row = 0; row < count; row++) {
      nulls.addNull();
    }
    return nulls.build();
  }
}
