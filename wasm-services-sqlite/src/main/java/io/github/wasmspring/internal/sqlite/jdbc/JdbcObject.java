package io.github.wasmspring.internal.sqlite.jdbc;

import java.sql.SQLException;
import java.util.concurrent.locks.Lock;

/** What stands behind an object of JDBC. Its public methods are those that are supported. */
abstract class JdbcObject {

  /** Held by whoever uses the connection that this belongs to. */
  abstract Lock lock();

  /**
   * @throws SQLException if it is closed
   */
  abstract void requireOpen() throws SQLException;
}
