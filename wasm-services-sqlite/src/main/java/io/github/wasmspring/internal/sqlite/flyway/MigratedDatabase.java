package io.github.wasmspring.internal.sqlite.flyway;

import java.sql.Connection;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.database.base.Table;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;

/**
 * A database while Flyway migrates it, all through one connection: a second could not write while
 * the first does.
 */
final class MigratedDatabase extends Database<MigrationConnection> {

  MigratedDatabase(
      Configuration configuration,
      JdbcConnectionFactory connections,
      StatementInterceptor interceptor) {
    super(configuration, connections, interceptor);
  }

  @Override
  protected MigrationConnection doGetConnection(Connection connection) {
    return new MigrationConnection(this, connection);
  }

  /** Of all versions, which come with the driver. */
  @Override
  public void ensureSupported(Configuration configuration) {}

  /** Tables have the columns that Flyway's own support for SQLite gives them, and fit it. */
  @Override
  @SuppressWarnings("rawtypes") // As Flyway declares it.
  public String getRawCreateScript(Table table, boolean baseline) {
    String schema = quote(table.getSchema().getName());
    String create =
        """
        CREATE TABLE %s (
          "installed_rank" INT NOT NULL PRIMARY KEY,
          "version" VARCHAR(50),
          "description" VARCHAR(200) NOT NULL,
          "type" VARCHAR(20) NOT NULL,
          "script" VARCHAR(1000) NOT NULL,
          "checksum" INT,
          "installed_by" VARCHAR(100) NOT NULL,
          "installed_on" TEXT NOT NULL DEFAULT (strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')),
          "execution_time" INT NOT NULL,
          "success" BOOLEAN NOT NULL);
        CREATE INDEX %s.%s ON %s ("success");
        """
            .formatted(table, schema, quote(table.getName() + "_success"), quote(table.getName()));
    return baseline ? create + getBaselineStatement(table) + ";\n" : create;
  }

  @Override
  public String doQuote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** There are no users. */
  @Override
  protected String doGetCurrentUser() {
    return "";
  }

  @Override
  public boolean supportsDdlTransactions() {
    return true;
  }

  @Override
  public String getBooleanTrue() {
    return "1";
  }

  @Override
  public String getBooleanFalse() {
    return "0";
  }

  @Override
  public boolean catalogIsSchema() {
    return true;
  }

  @Override
  public boolean useSingleConnection() {
    return true;
  }
}
