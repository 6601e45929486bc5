package io.github.wasmspring.internal.sqlite.flyway;

import io.github.wasmspring.internal.sqlite.guest.ResultCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.flywaydb.core.internal.database.base.Connection;
import org.flywaydb.core.internal.database.base.Table;
import org.flywaydb.core.internal.exception.FlywaySqlException;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.jspecify.annotations.Nullable;

/** The connection of a migration, which goes back to where it came from as it was. */
final class MigrationConnection extends Connection<MigratedDatabase> {

  private final boolean foreignKeys;
  private final @Nullable Path file;
  private boolean locked;

  MigrationConnection(MigratedDatabase database, java.sql.Connection connection) {
    super(database, connection);
    try {
      this.foreignKeys = foreignKeys();
      this.file = MigrationLock.fileOf(connection);
    } catch (SQLException failure) {
      throw new FlywaySqlException("The connection can't be used for migrations", failure);
    }
  }

  private boolean foreignKeys() throws SQLException {
    return this.jdbcTemplate.queryForBoolean("PRAGMA foreign_keys");
  }

  @Override
  protected String getCurrentSchemaNameOrSearchPath() {
    return "main";
  }

  @Override
  public MigratedSchema getSchema(String name) {
    return new MigratedSchema(this.jdbcTemplate, this.database, name);
  }

  /** Also keeps other migrations out while a script runs that is no transaction. */
  @Override
  @SuppressWarnings("rawtypes") // As Flyway declares it.
  public <T> T lock(Table table, Callable<T> work) {
    if (this.file == null || this.locked) {
      return super.lock(table, work);
    }
    int retries = this.database.getConfiguration().getLockRetryCount();
    MigrationLock lock = MigrationLock.take(this.file, retries);
    this.locked = true;
    try {
      return super.lock(table, work);
    } finally {
      this.locked = false;
      lock.close();
    }
  }

  /** A migration that changes tables may have switched foreign keys off. */
  @Override
  protected void doRestoreOriginalState() throws SQLException {
    rollBackScript(this.jdbcTemplate);
    this.jdbcTemplate.execute("PRAGMA foreign_keys = " + (this.foreignKeys ? "ON" : "OFF"));
    if (foreignKeys() != this.foreignKeys) {
      throw new SQLException(
          "Foreign keys could not be switched %s again, as a transaction is open; end the script before with PRAGMA foreign_keys = %s, or don't set group"
              .formatted(this.foreignKeys ? "on" : "off", this.foreignKeys ? "ON" : "OFF"),
          "25001");
    }
  }

  /**
   * Rolls back what a script has begun itself and not ended, as it failed; what Flyway writes then
   * would be part of it.
   */
  static void rollBackScript(JdbcTemplate template) throws SQLException {
    if (template.getConnection().getAutoCommit()) {
      try {
        template.execute("ROLLBACK");
      } catch (SQLException nothingOpen) {
        if (nothingOpen.getErrorCode() != ResultCode.ERROR) {
          throw nothingOpen;
        }
      }
    }
  }
}
