package io.github.wasmspring.internal.sqlite.jdbc;

import io.github.wasmspring.internal.sqlite.guest.ParameterBuffer;
import io.github.wasmspring.internal.sqlite.guest.PreparedSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A question about the schema: a statement that begins no transaction, and that ends with its rows.
 */
final class MetaDataQuery {

  private MetaDataQuery() {}

  /**
   * @param values of the parameters
   */
  static ResultSet ask(SqliteConnection connection, String sql, @Nullable Object... values)
      throws SQLException {
    ParameterBuffer parameters = new ParameterBuffer();
    for (Object value : values) {
      ParameterWriter.write(parameters, value);
    }
    PreparedSql prepared = connection.guest().prepare(sql);
    SqliteStatement statement = new SqliteStatement(connection);
    statement.outsideTransactions();
    statement.run(sql, prepared, parameters, true);
    return statement.requireRows();
  }

  /** No rows, with columns of these names. */
  static ResultSet none(SqliteConnection connection, String columns) throws SQLException {
    String nulls =
        String.join(
            ", ", Arrays.stream(columns.split(" ")).map(name -> "NULL AS " + name).toList());
    return ask(connection, "SELECT " + nulls + " WHERE 0");
  }
}
