package io.github.wasmspring.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row. Its values are {@link Boolean}, {@link Long}, {@link Double}, {@link
 * java.math.BigDecimal}, {@link String}, {@link java.time.LocalDate}, {@link java.time.Instant} or
 * {@code null}.
 */
public final class DataRow {

  private final DataSchema schema;
  private final DataChunk chunk;
  private final int row;

  DataRow(DataSchema schema, DataChunk chunk, int row) {
    this.schema = schema;
    this.chunk = chunk;
    this.row = row;
  }

  public DataSchema schema() {
    return this.schema;
  }

  /**
   * @param place of the column, the first being 0
   */
  public @Nullable Object get(int place) {
    return this.chunk.columns().get(place).value(this.row);
  }

  /**
   * @throws IllegalArgumentException if there is no such column; the message names those there are
   */
  public @Nullable Object get(String column) {
    return get(this.schema.place(column));
  }

  /** The values by the names of the columns, in their order. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int place = 0; place < this.schema.size(); place++) {
      map.put(this.schema.fields().get(place).name(), get(place));
    }
    return Collections.unmodifiableMap(map);
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
