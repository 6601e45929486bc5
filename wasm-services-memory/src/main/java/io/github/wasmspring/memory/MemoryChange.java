package io.github.wasmspring.memory;

import java.sql.SQLException;

/** What a writer does within a transaction, which it may share with others. */
interface MemoryChange<T> {

  /**
   * @return what the writer is told when the transaction has been committed
   * @throws AgentMemoryException if it can't be; it has changed nothing then that is not right
   *     without it
   */
  T apply(WriteTransaction transaction) throws SQLException;

  /** About how many bytes it writes. */
  default long bytes() {
    return 0;
  }
}
