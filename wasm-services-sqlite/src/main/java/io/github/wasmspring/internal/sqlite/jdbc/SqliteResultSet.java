package io.github.wasmspring.internal.sqlite.jdbc;

import io.github.wasmspring.internal.sqlite.guest.GuestColumn;
import io.github.wasmspring.internal.sqlite.guest.GuestRows;
import io.github.wasmspring.internal.sqlite.guest.PreparedSql;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** Rows that come from the guest some at a time, forward only. */
final class SqliteResultSet extends JdbcObject {

  private final SqliteStatement statement;
  private final PreparedSql prepared;
  private final boolean owned;
  private final long maxRows;
  private final ResultSet proxy;
  private GuestRows rows;
  private @Nullable List<GuestColumn> columns;
  private long row;
  private boolean onRow;
  private boolean ended;
  private boolean wasNull;
  private boolean closed;

  /**
   * @param owned whether the prepared statement ends with this
   * @param maxRows 0 for all
   */
  SqliteResultSet(
      SqliteStatement statement,
      PreparedSql prepared,
      GuestRows rows,
      boolean owned,
      long maxRows) {
    this.statement = statement;
    this.prepared = prepared;
    this.rows = rows;
    this.owned = owned;
    this.maxRows = maxRows;
    this.proxy = JdbcProxy.of(ResultSet.class, this);
  }

  ResultSet proxy() {
    return this.proxy;
  }

  @Override
  Lock lock() {
    return this.statement.lock();
  }

  @Override
  void requireOpen() throws SQLException {
    this.statement.connection().requireOpen();
    if (this.closed) {
      throw new SQLException("The rows are closed", "HY010");
    }
  }

  public boolean next() throws SQLException {
    this.onRow = false;
    if (this.ended || this.maxRows > 0 && this.row >= this.maxRows) {
      this.ended = true;
      return false;
    }
    while (!this.rows.next()) {
      if (this.rows.isComplete()) {
        this.ended = true;
        return false;
      }
      this.rows = this.statement.step(this.prepared);
    }
    this.row++;
    this.onRow = true;
    return true;
  }

  private List<GuestColumn> columns() throws SQLException {
    List<GuestColumn> known = this.columns;
    if (known == null) {
      known = this.statement.guest().describe(this.prepared.handle());
      this.columns = known;
    }
    return known;
  }

  public int findColumn(String label) throws SQLException {
    List<GuestColumn> known = columns();
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).name().equalsIgnoreCase(label)) {
        return i + 1;
      }
    }
    throw new SQLException(
        "There is no column '%s'; there are %s"
            .formatted(label, known.stream().map(GuestColumn::name).toList()),
        "42S22");
  }

  private ValueReader value(int column) throws SQLException {
    if (!this.onRow) {
      throw new SQLException("There is no row here; call next() first", "24000");
    }
    if (column < 1 || column > this.rows.columns()) {
      throw new SQLException(
          "There are %d columns, and none at %d".formatted(this.rows.columns(), column), "07009");
    }
    ValueReader value = new ValueReader(this.rows, column - 1);
    this.wasNull = value.isNull();
    return value;
  }

  public boolean wasNull() {
    return this.wasNull;
  }

  public @Nullable String getString(int column) throws SQLException {
    return value(column).string();
  }

  public boolean getBoolean(int column) throws SQLException {
    return value(column).bool();
  }

  public byte getByte(int column) throws SQLException {
    return (byte) value(column).integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  public short getShort(int column) throws SQLException {
    return (short) value(column).integer(Short.MIN_VALUE, Short.MAX_VALUE);
  }

  public int getInt(int column) throws SQLException {
    return (int) value(column).integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  public long getLong(int column) throws SQLException {
    return value(column).integer(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  public float getFloat(int column) throws SQLException {
    return (float) value(column).real();
  }

  public double getDouble(int column) throws SQLException {
    return value(column).real();
  }

  public @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
    return value(column).decimal();
  }

  public byte @Nullable [] getBytes(int column) throws SQLException {
    return value(column).bytes();
  }

  public @Nullable Date getDate(int column) throws SQLException {
    return value(column).as(Date.class);
  }

  public @Nullable Time getTime(int column) throws SQLException {
    return value(column).as(Time.class);
  }

  public @Nullable Timestamp getTimestamp(int column) throws SQLException {
    return value(column).as(Timestamp.class);
  }

  /** Text without an offset is of the calendar's zone. */
  public @Nullable Timestamp getTimestamp(int column, Calendar calendar) throws SQLException {
    ValueReader value = value(column);
    return value.isNull() ? null : value.timestamp(calendar.getTimeZone().toZoneId());
  }

  public @Nullable Blob getBlob(int column) throws SQLException {
    return value(column).as(Blob.class);
  }

  public @Nullable InputStream getBinaryStream(int column) throws SQLException {
    byte[] bytes = value(column).bytes();
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  public @Nullable Reader getCharacterStream(int column) throws SQLException {
    String text = value(column).string();
    return text == null ? null : new StringReader(text);
  }

  public @Nullable String getNString(int column) throws SQLException {
    return getString(column);
  }

  public @Nullable Object getObject(int column) throws SQLException {
    return value(column).object();
  }

  public @Nullable Object getObject(int column, Class<?> type) throws SQLException {
    return value(column).as(Objects.requireNonNull(type));
  }

  public ResultSetMetaData getMetaData() throws SQLException {
    return JdbcProxy.of(
        ResultSetMetaData.class,
        new SqliteResultSetMetaData(this, columns(), this.onRow ? this.rows : null));
  }

  public int getRow() {
    return this.onRow ? (int) this.row : 0;
  }

  public boolean isBeforeFirst() {
    return this.row == 0 && !this.ended && this.rows.count() > 0;
  }

  public boolean isFirst() {
    return this.onRow && this.row == 1;
  }

  public boolean isAfterLast() {
    return this.ended && this.row > 0;
  }

  public int getType() {
    return ResultSet.TYPE_FORWARD_ONLY;
  }

  public int getConcurrency() {
    return ResultSet.CONCUR_READ_ONLY;
  }

  public int getHoldability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  public int getFetchDirection() {
    return ResultSet.FETCH_FORWARD;
  }

  public void setFetchSize(int rows) throws SQLException {
    this.statement.setFetchSize(rows);
  }

  public int getFetchSize() {
    return this.statement.getFetchSize();
  }

  public Statement getStatement() {
    return this.statement.proxy();
  }

  public @Nullable SQLWarning getWarnings() {
    return null;
  }

  public void clearWarnings() {}

  /** Ends the statement, and with it the lock for reading. */
  public void close() throws SQLException {
    if (this.closed) {
      return;
    }
    this.closed = true;
    if (this.statement.connection().isClosed() || this.statement.guest().isBroken()) {
      return;
    }
    if (this.owned) {
      this.statement.guest().finish(this.prepared.handle());
    } else if (!this.rows.isComplete()) {
      this.statement.guest().reset(this.prepared.handle());
    }
  }

  public boolean isClosed() {
    return this.closed;
  }
}
