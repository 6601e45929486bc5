package io.github.wasmspring.sqlite.tools;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Whether Spring has a transaction open in which nothing was run yet, which the connection itself
 * does not tell. Only used where Spring is.
 */
final class SpringTransactions {

  private SpringTransactions() {}

  /** Whether the connections of a data source are that of a transaction of this thread. */
  static boolean isOpen(DataSource source) {
    @Nullable DataSource layer = source;
    while (layer instanceof DelegatingDataSource delegating) {
      layer = delegating.getTargetDataSource();
      if (delegating instanceof TransactionAwareDataSourceProxy && layer != null) {
        return TransactionSynchronizationManager.isActualTransactionActive()
            && TransactionSynchronizationManager.getResource(layer) instanceof ConnectionHolder;
      }
    }
    return false;
  }
}
