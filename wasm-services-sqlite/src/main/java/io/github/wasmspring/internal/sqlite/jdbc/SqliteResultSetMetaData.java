package io.github.wasmspring.internal.sqlite.jdbc;

import io.github.wasmspring.internal.sqlite.guest.GuestColumn;
import io.github.wasmspring.internal.sqlite.guest.GuestRows;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** What is known of columns: as tables declare them, or of what is in the row that is read. */
final class SqliteResultSetMetaData extends JdbcObject {

  private final JdbcObject owner;
  private final List<GuestColumn> columns;
  private final @Nullable GuestRows row;

  /**
   * @param row {@code null} if none is read
   */
  SqliteResultSetMetaData(JdbcObject owner, List<GuestColumn> columns, @Nullable GuestRows row) {
    this.owner = owner;
    this.columns = columns;
    this.row = row;
  }

  @Override
  Lock lock() {
    return this.owner.lock();
  }

  @Override
  void requireOpen() {}

  private GuestColumn column(int index) throws SQLException {
    if (index < 1 || index > this.columns.size()) {
      throw new SQLException(
          "There are %d columns, and none at %d".formatted(this.columns.size(), index), "07009");
    }
    return this.columns.get(index - 1);
  }

  public int getColumnCount() {
    return this.columns.size();
  }

  public String getColumnLabel(int index) throws SQLException {
    return column(index).name();
  }

  public String getColumnName(int index) throws SQLException {
    String origin = column(index).origin();
    return origin == null ? column(index).name() : origin;
  }

  public String getTableName(int index) throws SQLException {
    String table = column(index).table();
    return table == null ? "" : table;
  }

  public String getSchemaName(int index) throws SQLException {
    column(index);
    return "";
  }

  public String getCatalogName(int index) throws SQLException {
    column(index);
    return "";
  }

  public String getColumnTypeName(int index) throws SQLException {
    String declared = column(index).declaredType();
    return declared == null ? "" : declared;
  }

  public int getColumnType(int index) throws SQLException {
    String declared = column(index).declaredType();
    if (declared != null) {
      return ColumnTypes.jdbc(declared);
    }
    if (this.row == null) {
      return Types.OTHER;
    }
    return switch (this.row.type(index - 1)) {
      case INTEGER -> Types.BIGINT;
      case REAL -> Types.DOUBLE;
      case TEXT -> Types.VARCHAR;
      case BLOB -> Types.BLOB;
      case NULL -> Types.NULL;
    };
  }

  /** As values are stored, which need not be as the column declares. */
  public String getColumnClassName(int index) throws SQLException {
    return switch (getColumnType(index)) {
      case Types.BIGINT, Types.BOOLEAN -> Long.class.getName();
      case Types.DOUBLE -> Double.class.getName();
      case Types.VARCHAR, Types.DATE, Types.TIME, Types.TIMESTAMP -> String.class.getName();
      case Types.BLOB -> byte[].class.getName();
      default -> Object.class.getName();
    };
  }

  public int getColumnDisplaySize(int index) throws SQLException {
    column(index);
    return Integer.MAX_VALUE;
  }

  /** Not known: 0. */
  public int getPrecision(int index) throws SQLException {
    column(index);
    return 0;
  }

  /** Not known: 0. */
  public int getScale(int index) throws SQLException {
    column(index);
    return 0;
  }

  public boolean isSigned(int index) throws SQLException {
    return switch (getColumnType(index)) {
      case Types.BIGINT, Types.DOUBLE, Types.NUMERIC, Types.DECIMAL -> true;
      default -> false;
    };
  }

  public boolean isCaseSensitive(int index) throws SQLException {
    column(index);
    return true;
  }

  public boolean isSearchable(int index) throws SQLException {
    column(index);
    return true;
  }

  public boolean isCurrency(int index) throws SQLException {
    column(index);
    return false;
  }

  /** Rows can't be changed in place. */
  public boolean isReadOnly(int index) throws SQLException {
    column(index);
    return true;
  }

  public boolean isWritable(int index) throws SQLException {
    column(index);
    return false;
  }

  public boolean isDefinitelyWritable(int index) throws SQLException {
    column(index);
    return false;
  }

  public int isNullable(int index) throws SQLException {
    return column(index).notNull()
        ? ResultSetMetaData.columnNoNulls
        : ResultSetMetaData.columnNullable;
  }

  public boolean isAutoIncrement(int index) throws SQLException {
    return column(index).autoIncrement();
  }
}
