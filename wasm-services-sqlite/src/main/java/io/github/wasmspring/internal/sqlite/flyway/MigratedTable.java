package io.github.wasmspring.internal.sqlite.flyway;

import java.sql.SQLException;
import org.flywaydb.core.internal.database.base.Table;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;

/** A table that Flyway looks for, locks or drops. */
final class MigratedTable extends Table<MigratedDatabase, MigratedSchema> {

  MigratedTable(
      JdbcTemplate template, MigratedDatabase database, MigratedSchema schema, String name) {
    super(template, database, schema, name);
  }

  @Override
  protected boolean doExists() throws SQLException {
    return this.jdbcTemplate.queryForInt(
            "SELECT count(*) FROM pragma_table_list WHERE schema = ? COLLATE NOCASE AND name = ? COLLATE NOCASE",
            this.schema.getName(),
            this.name)
        > 0;
  }

  @Override
  protected void doDrop() throws SQLException {
    this.jdbcTemplate.execute(
        "DROP TABLE " + this.database.quote(this.schema.getName(), this.name));
  }

  /** Writes nothing, but takes the file's lock for writing until the transaction ends. */
  @Override
  protected void doLock() throws SQLException {
    MigrationConnection.rollBackScript(this.jdbcTemplate);
    this.jdbcTemplate.execute("DELETE FROM " + this + " WHERE 0");
  }
}
