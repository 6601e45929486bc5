package io.github.wasmspring.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The rows of a result set, which is its own row. */
final class DataResultSet implements Iterator<ResultSet> {

  private final ResultSet rows;
  private final DataSchema schema;
  private final int[] jdbcTypes;
  private boolean looked;
  private boolean there;

  private DataResultSet(ResultSet rows, DataSchema schema, int[] jdbcTypes) {
    this.rows = rows;
    this.schema = schema;
    this.jdbcTypes = jdbcTypes;
  }

  static DataResultSet of(ResultSet rows) {
    try {
      ResultSetMetaData columns = rows.getMetaData();
      DataSchema.Builder schema = DataSchema.builder();
      int[] types = new int[columns.getColumnCount()];
      for (int place = 0; place < types.length; place++) {
        types[place] = columns.getColumnType(place + 1);
        schema.add(columns.getColumnLabel(place + 1), typeOf(columns, place + 1));
      }
      return new DataResultSet(rows, schema.build(), types);
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private static DataException failed(SQLException failure) {
    return new DataException(
        DataException.Reason.VALUE,
        "The result set can't be read: " + failure.getMessage(),
        failure);
  }

  private static DataType typeOf(ResultSetMetaData columns, int column) throws SQLException {
    return switch (columns.getColumnType(column)) {
      case Types.BOOLEAN, Types.BIT -> DataType.BOOLEAN;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> DataType.INTEGER;
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> DataType.DOUBLE;
      case Types.NUMERIC, Types.DECIMAL ->
          DataType.decimal(Math.max(0, Math.min(DataType.MOST_DIGITS, columns.getScale(column))));
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB ->
          DataType.TEXT;
      case Types.DATE -> DataType.DATE;
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> DataType.TIMESTAMP;
      default ->
          throw new DataException(
              DataException.Reason.VALUE,
              "The column '%s' is of the SQL type %s, which is not known here; cast it in the query"
                  .formatted(columns.getColumnLabel(column), columns.getColumnTypeName(column)));
    };
  }

  DataSchema schema() {
    return this.schema;
  }

  @Override
  public boolean hasNext() {
    if (!this.looked) {
      try {
        this.there = this.rows.next();
        this.looked = true;
      } catch (SQLException failure) {
        throw failed(failure);
      }
    }
    return this.there;
  }

  @Override
  public ResultSet next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The result set has no more rows");
    }
    this.looked = false;
    return this.rows;
  }

  @Nullable Object read(ResultSet row, int column) {
    try {
      Object value = value(row, column);
      return row.wasNull() ? null : value;
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private @Nullable Object value(ResultSet row, int column) throws SQLException {
    int place = column + 1;
    DataType type = this.schema.fields().get(column).type();
    return switch (type.kind()) {
      case BOOLEAN -> row.getBoolean(place);
      case INTEGER -> row.getLong(place);
      case DOUBLE -> row.getDouble(place);
      case DECIMAL -> rounded(row.getBigDecimal(place), type.scale());
      case TEXT -> row.getString(place);
      case DATE -> row.getDate(place);
      case TIMESTAMP ->
          this.jdbcTypes[column] == Types.TIMESTAMP
              ? row.getTimestamp(place)
              : row.getObject(place, OffsetDateTime.class);
    };
  }

  /** What a driver says of scales is not always what it gives. */
  private static @Nullable BigDecimal rounded(@Nullable BigDecimal value, int scale) {
    return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
  }
}
