package io.github.wasmspring.internal.sqlite.jdbc;

import io.github.wasmspring.internal.sqlite.guest.BatchOutcome;
import io.github.wasmspring.internal.sqlite.guest.ParameterBuffer;
import io.github.wasmspring.internal.sqlite.guest.PreparedSql;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.Blob;
import java.sql.Date;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/** A statement with parameters, prepared once. */
final class SqlitePreparedStatement extends SqliteStatement {

  private final String sql;
  private final PreparedSql prepared;
  private final @Nullable ParameterBuffer[] values;
  private final ParameterBuffer batch = new ParameterBuffer();
  private int batched;

  SqlitePreparedStatement(SqliteConnection connection, String sql) throws SQLException {
    super(connection);
    this.sql = sql;
    this.prepared = connection.guest().prepare(sql);
    this.values = new @Nullable ParameterBuffer[this.prepared.parameters()];
  }

  @Override
  Statement makeProxy() {
    return JdbcProxy.of(PreparedStatement.class, this);
  }

  @Override
  PreparedStatement proxy() {
    return (PreparedStatement) super.proxy();
  }

  @Override
  void letGo() throws SQLException {
    if (this.prepared.handle() != 0 && !guest().isBroken()) {
      guest().finish(this.prepared.handle());
    }
  }

  private ParameterBuffer parameters() throws SQLException {
    ParameterBuffer all = new ParameterBuffer();
    for (int i = 0; i < this.values.length; i++) {
      ParameterBuffer value = this.values[i];
      if (value == null) {
        throw new SQLException("Parameter %d has no value".formatted(i + 1), "07002");
      }
      all.add(value);
    }
    return all;
  }

  public boolean execute() throws SQLException {
    return run(this.sql, this.prepared, parameters(), false);
  }

  public ResultSet executeQuery() throws SQLException {
    execute();
    return requireRows();
  }

  public int executeUpdate() throws SQLException {
    execute();
    return updated();
  }

  public long executeLargeUpdate() throws SQLException {
    return executeUpdate();
  }

  public void addBatch() throws SQLException {
    this.batch.add(parameters());
    this.batched++;
  }

  @Override
  public void clearBatch() {
    this.batch.clear();
    this.batched = 0;
  }

  /** All rows of parameters in one call of the guest. */
  @Override
  public int[] executeBatch() throws SQLException {
    if (this.batched == 0) {
      return new int[0];
    }
    try {
      closeRows();
      BatchOutcome outcome = cancellable(this::runBatch);
      keys(Arrays.stream(outcome.rowids()).boxed().toList());
      int[] counts =
          Arrays.stream(outcome.changes())
              .mapToInt(count -> (int) Math.min(Integer.MAX_VALUE, count))
              .toArray();
      SQLException failure = outcome.failure();
      if (failure != null) {
        throw new BatchUpdateException(
            failure.getMessage(), failure.getSQLState(), failure.getErrorCode(), counts, failure);
      }
      return counts;
    } finally {
      clearBatch();
    }
  }

  private BatchOutcome runBatch() throws SQLException {
    connection().beginFor(this.sql);
    return guest().batch(this.prepared.handle(), this.batch, this.batched, timeout());
  }

  public void clearParameters() {
    Arrays.fill(this.values, null);
  }

  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    return this.prepared.columns() == 0
        ? null
        : JdbcProxy.of(
            ResultSetMetaData.class,
            new SqliteResultSetMetaData(this, guest().describe(this.prepared.handle()), null));
  }

  private void set(int index, @Nullable Object value) throws SQLException {
    if (index < 1 || index > this.values.length) {
      throw new SQLException(
          "The statement has %d parameters, and none at %d".formatted(this.values.length, index),
          "07009");
    }
    ParameterBuffer buffer = new ParameterBuffer();
    ParameterWriter.write(buffer, value);
    this.values[index - 1] = buffer;
  }

  public void setNull(int index, int type) throws SQLException {
    set(index, null);
  }

  public void setNull(int index, int type, String name) throws SQLException {
    set(index, null);
  }

  public void setObject(int index, @Nullable Object value) throws SQLException {
    set(index, value);
  }

  public void setObject(int index, @Nullable Object value, int type) throws SQLException {
    set(index, value);
  }

  public void setObject(int index, @Nullable Object value, int type, int scale)
      throws SQLException {
    set(index, value);
  }

  public void setBoolean(int index, boolean value) throws SQLException {
    set(index, value);
  }

  public void setByte(int index, byte value) throws SQLException {
    set(index, value);
  }

  public void setShort(int index, short value) throws SQLException {
    set(index, value);
  }

  public void setInt(int index, int value) throws SQLException {
    set(index, value);
  }

  public void setLong(int index, long value) throws SQLException {
    set(index, value);
  }

  public void setFloat(int index, float value) throws SQLException {
    set(index, value);
  }

  public void setDouble(int index, double value) throws SQLException {
    set(index, value);
  }

  public void setBigDecimal(int index, @Nullable BigDecimal value) throws SQLException {
    set(index, value);
  }

  public void setString(int index, @Nullable String value) throws SQLException {
    set(index, value);
  }

  public void setBytes(int index, byte @Nullable [] value) throws SQLException {
    set(index, value);
  }

  public void setDate(int index, @Nullable Date value) throws SQLException {
    set(index, value);
  }

  public void setTime(int index, @Nullable Time value) throws SQLException {
    set(index, value);
  }

  public void setTimestamp(int index, @Nullable Timestamp value) throws SQLException {
    set(index, value);
  }

  public void setBlob(int index, @Nullable Blob value) throws SQLException {
    set(index, value);
  }

  public void setBlob(int index, @Nullable InputStream value) throws SQLException {
    set(index, value);
  }

  public void setBinaryStream(int index, @Nullable InputStream value) throws SQLException {
    set(index, value);
  }

  public void setCharacterStream(int index, @Nullable Reader value) throws SQLException {
    set(index, value);
  }

  public ParameterMetaData getParameterMetaData() {
    return JdbcProxy.of(
        ParameterMetaData.class, new SqliteParameterMetaData(this, this.values.length));
  }

  public void setObject(int index, @Nullable Object value, SQLType type) throws SQLException {
    set(index, value);
  }

  public void setObject(int index, @Nullable Object value, SQLType type, int scale)
      throws SQLException {
    set(index, value);
  }

  /** What is written says its zone. */
  public void setTimestamp(int index, @Nullable Timestamp value, Calendar calendar)
      throws SQLException {
    set(index, value);
  }

  public void setNString(int index, @Nullable String value) throws SQLException {
    set(index, value);
  }

  public void setBinaryStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    setBinaryStream(index, value, (long) length);
  }

  public void setBinaryStream(int index, @Nullable InputStream value, long length)
      throws SQLException {
    set(index, value == null ? null : LimitedInput.of(value, length));
  }

  public void setBlob(int index, @Nullable InputStream value, long length) throws SQLException {
    setBinaryStream(index, value, length);
  }

  public void setCharacterStream(int index, @Nullable Reader value, int length)
      throws SQLException {
    setCharacterStream(index, value, (long) length);
  }

  public void setCharacterStream(int index, @Nullable Reader value, long length)
      throws SQLException {
    set(index, value == null ? null : LimitedInput.of(value, length));
  }
}
