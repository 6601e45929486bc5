package io.github.wasmspring.data;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** The rows of a result set, which is its own row. */
final class DataResultSet implements Iterator<ResultSet> {

  private final ResultSet rows;
  private final DataSchema schema;
  private final boolean[] zoned;
  private final Calendar utc = utc();
  private boolean looked;
  private boolean there;

  private DataResultSet(ResultSet rows, DataSchema schema, boolean[] zoned) {
    this.rows = rows;
    this.schema = schema;
    this.zoned = zoned;
  }

  static DataResultSet of(ResultSet rows) {
    try {
      ResultSetMetaData columns = rows.getMetaData();
      DataSchema.Builder schema = DataSchema.builder();
      boolean[] zoned = new boolean[columns.getColumnCount()];
      for (int place = 0; place < zoned.length; place++) {
        zoned[place] = isZoned(columns, place + 1);
        schema.add(columns.getColumnLabel(place + 1), typeOf(columns, place + 1));
      }
      return new DataResultSet(rows, schema.build(), zoned);
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  /** JDBC takes no other calendar, and that one no other date. */
  @SuppressWarnings("JavaUtilDate")
  private static Calendar utc() {
    GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    calendar.setGregorianChange(new Date(Long.MIN_VALUE));
    return calendar;
  }

  /** Some drivers have one number for both kinds of timestamps. */
  private static boolean isZoned(ResultSetMetaData columns, int column) throws SQLException {
    String name = String.valueOf(columns.getColumnTypeName(column)).toLowerCase(Locale.ROOT);
    return columns.getColumnType(column) == Types.TIMESTAMP_WITH_TIMEZONE
        || name.equals("timestamptz")
        || name.endsWith("with time zone");
  }

  private static DataException failed(SQLException failure) {
    return new DataException(
        DataException.Reason.VALUE,
        "The result set can't be read: " + failure.getMessage(),
        failure);
  }

  private static DataType typeOf(ResultSetMetaData columns, int column) throws SQLException {
    return switch (columns.getColumnType(column)) {
      case Types.BOOLEAN -> DataType.BOOLEAN;
      case Types.BIT -> {
        if (columns.getPrecision(column) > 1) {
          throw unknown(columns, column, "has more than one bit");
        }
        yield DataType.BOOLEAN;
      }
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> DataType.INTEGER;
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> DataType.DOUBLE;
      case Types.NUMERIC, Types.DECIMAL -> {
        int scale = columns.getScale(column);
        if (columns.getPrecision(column) <= 0 || scale < 0 || scale > DataType.MOST_DIGITS) {
          throw unknown(columns, column, "does not say how many digits it has, of at most 38");
        }
        yield DataType.decimal(scale);
      }
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
      default -> throw unknown(columns, column, "is not known here");
    };
  }

  private static DataException unknown(ResultSetMetaData columns, int column, String why)
      throws SQLException {
    return new DataException(
        DataException.Reason.VALUE,
        "The column '%s' is of the SQL type %s, which %s; cast it in the query"
            .formatted(columns.getColumnLabel(column), columns.getColumnTypeName(column), why));
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
      case DECIMAL -> row.getBigDecimal(place);
      case TEXT -> row.getString(place);
      case DATE -> row.getDate(place);
      case TIMESTAMP ->
          this.zoned[column]
              ? row.getObject(place, OffsetDateTime.class)
              : row.getTimestamp(place, this.utc);
    };
  }
}
