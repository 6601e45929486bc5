package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Some rows, by columns.
 *
 * @param rows how many rows
 * @param columns each of which has so many
 */
record DataChunk(int rows, List<DataColumn> columns) {

  DataChunk take(int[] rows, int count) {
    return new DataChunk(
        count, this.columns.stream().map(column -> column.take(rows, count)).toList());
  }

  DataChunk first(int count) {
    return slice(0, count);
  }

  DataChunk slice(int from, int count) {
    int[] rows = new int[count];
    for (int row = 0; row < count; row++) {
      rows[row] = from + row;
    }
    return take(rows, count);
  }

  long size() {
    return this.columns.stream().mapToLong(DataColumn::size).sum();
  }

  /** All rows of several chunks with the same columns. */
  static DataChunk concat(List<DataType> types, List<DataChunk> chunks) {
    if (chunks.size() == 1) {
      return chunks.get(0);
    }
    int rows = chunks.stream().mapToInt(DataChunk::rows).sum();
    List<DataColumn> columns = new ArrayList<>();
    for (int place = 0; place < types.size(); place++) {
      DataColumnBuilder builder = new DataColumnBuilder(types.get(place), rows);
      for (DataChunk chunk : chunks) {
        DataColumn column = chunk.columns.get(place);
        for (int row = 0; row < chunk.rows; row++) {
          builder.addFrom(column, row);
        }
      }
      columns.add(builder.build());
    }
    return new DataChunk(rows, columns);
  }
}
