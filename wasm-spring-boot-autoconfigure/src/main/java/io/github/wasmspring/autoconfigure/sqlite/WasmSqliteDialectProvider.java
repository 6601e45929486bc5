package io.github.wasmspring.autoconfigure.sqlite;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.data.jdbc.core.dialect.DialectResolver.JdbcDialectProvider;
import org.springframework.data.relational.core.dialect.Dialect;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/** Found by Spring Data JDBC in {@code spring.factories}. Asked first, for others only warn. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WasmSqliteDialectProvider implements JdbcDialectProvider {

  @Override
  public Optional<Dialect> getDialect(JdbcOperations operations) {
    Boolean ours =
        operations.execute((ConnectionCallback<Boolean>) WasmSqliteDialectProvider::isOurs);
    return Boolean.TRUE.equals(ours) ? Optional.of(new WasmSqliteDialect()) : Optional.empty();
  }

  /** What others can't answer is theirs, and not a reason to keep them from being asked. */
  private static boolean isOurs(Connection connection) {
    try {
      DatabaseMetaData metaData = connection.getMetaData();
      return metaData != null && SqliteUrl.isOne(metaData.getURL());
    } catch (SQLException unknown) {
      return false;
    }
  }
}
