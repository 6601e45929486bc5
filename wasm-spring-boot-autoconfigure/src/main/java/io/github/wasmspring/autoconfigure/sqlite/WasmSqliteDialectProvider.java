package io.github.wasmspring.autoconfigure.sqlite;

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
        operations.execute(
            (ConnectionCallback<Boolean>)
                connection -> SqliteUrl.isOne(connection.getMetaData().getURL()));
    return Boolean.TRUE.equals(ours) ? Optional.of(new WasmSqliteDialect()) : Optional.empty();
  }
}
