package io.github.wasmspring.internal.sqlite.jdbc;

import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** What stands behind an object of JDBC. Its public methods are those that are supported. */
abstract class JdbcObject {

  /** Held by whoever uses the connection that this belongs to. */
  abstract Lock lock();

  /**
   * @throws SQLException if it is closed
   */
  abstract void requireOpen() throws SQLException;

  /**
   * What a method answers that this does not have, {@code null} if that is not supported.
   *
   * @throws SQLException if it can't be answered now
   */
  @Nullable Object answer(Method method) throws SQLException {
    return null;
  }
}
