package io.github.wasmspring.internal.sqlite.flyway;

import java.sql.SQLException;
import org.flywaydb.core.internal.database.base.Connection;
import org.flywaydb.core.internal.exception.FlywaySqlException;

/** The connection of a migration, which goes back to where it came from as it was. */
final class MigrationConnection extends Connection<MigratedDatabase> {

  private final boolean foreignKeys;

  MigrationConnection(MigratedDatabase database, java.sql.Connection connection) {
    super(database, connection);
    try {
      this.foreignKeys = this.jdbcTemplate.queryForBoolean("PRAGMA foreign_keys");
    } catch (SQLException failure) {
      throw new FlywaySqlException("The connection can't be used for migrations", failure);
    }
  }

  @Override
  protected String getCurrentSchemaNameOrSearchPath() {
    return "main";
  }

  @Override
  public MigratedSchema getSchema(String name) {
    return new MigratedSchema(this.jdbcTemplate, this.database, name);
  }

  /** A migration that changes tables may have switched foreign keys off. */
  @Override
  protected void doRestoreOriginalState() throws SQLException {
    this.jdbcTemplate.execute("PRAGMA foreign_keys = " + (this.foreignKeys ? "ON" : "OFF"));
  }
}
