package io.github.wasmspring.sqlite.tools;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What happens in one transaction. It may be run again from the beginning. */
@FunctionalInterface
public interface SqlWork<T extends @Nullable Object> {

  /**
   * @param connection in the transaction; it can't be committed, rolled back or closed by this
   * @throws SQLException if the transaction is to be rolled back
   */
  T run(Connection connection) throws SQLException;
}
