package io.github.wasmspring.data;

import java.util.List;

/** Collects rows. */
final class DataChunkBuilder {

  final List<DataColumnBuilder> columns;
  private int rows;

  DataChunkBuilder(List<DataType> types, int expected) {
    this.columns = types.stream().map(type -> new DataColumnBuilder(type, expected)).toList();
  }

  int rows() {
    return this.rows;
  }

  long size() {
    long size = 0;
    for (DataColumnBuilder column : this.columns) {
      size += column.size();
    }
    return size;
  }

  void addFrom(DataChunk chunk, int row) {
    for (int place = 0; place < this.columns.size(); place++) {
      this.columns.get(place).addFrom(chunk.columns().get(place), row);
    }
    this.rows++;
  }

  /** A row has been added to every column. */
  void endRow() {
    this.rows++;
  }

  DataChunk build() {
    DataChunk chunk =
        new DataChunk(this.rows, this.columns.stream().map(DataColumnBuilder::build).toList());
    this.rows = 0;
    return chunk;
  }
}
