package io.github.wasmspring.autoconfigure.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Lets pools keep connections that have refused something, and keeps pools to one connection where
 * there can be no more, and that one for as long as the pool: a database in memory is gone with it.
 * After properties are bound, and before the pool starts.
 */
final class SqlitePoolPostProcessor implements BeanPostProcessor, PriorityOrdered {

  private static final Logger logger = LoggerFactory.getLogger(SqlitePoolPostProcessor.class);

  /** What a pool has for which nobody has set anything. */
  private static final int DEFAULT_SIZE = new HikariConfig().getMaximumPoolSize();

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 3;
  }

  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean instanceof HikariDataSource pool && !pool.isRunning()) {
      keepUsable(pool);
      keepToOne(pool);
    }
    return bean;
  }

  private static void keepUsable(HikariDataSource pool) {
    if (SqliteUrl.isOne(pool.getJdbcUrl())
        && pool.getExceptionOverride() == null
        && pool.getExceptionOverrideClassName() == null) {
      pool.setExceptionOverride(new KeepUsableConnections());
    }
  }

  private static void keepToOne(HikariDataSource pool) {
    String reason = SqliteUrl.whyOneConnection(pool.getJdbcUrl(), pool.getDataSourceProperties());
    if (reason == null) {
      return;
    }
    int size = pool.getMaximumPoolSize();
    if (size > 1 && size != DEFAULT_SIZE) {
      throw new WasmSqliteConfigurationException(
          "The pool of the database %s is to have %d connections, and %s."
              .formatted(pool.getJdbcUrl(), size, reason),
          "Leave spring.datasource.hikari.maximum-pool-size out, or set it to 1. Or use a file without journal_mode=wal.");
    }
    logger.info("The pool of {} has one connection, for {}", pool.getJdbcUrl(), reason);
    pool.setMaximumPoolSize(1);
    pool.setMaxLifetime(0);
    pool.setIdleTimeout(0);
  }
}
