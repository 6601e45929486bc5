package io.github.wasmspring.internal.sqlite.flyway;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import org.flywaydb.core.internal.database.base.Schema;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;

/** What SQLite calls a schema: the file itself, or one that is attached. */
final class MigratedSchema extends Schema<MigratedDatabase, MigratedTable> {

  MigratedSchema(JdbcTemplate template, MigratedDatabase database, String name) {
    super(template, database, name);
  }

  @Override
  protected boolean doExists() throws SQLException {
    return this.jdbcTemplate.queryForInt(
            "SELECT count(*) FROM pragma_database_list WHERE name = ? COLLATE NOCASE", this.name)
        > 0;
  }

  @Override
  protected boolean doEmpty() throws SQLException {
    return names("'table', 'virtual', 'view'").isEmpty();
  }

  /** Of tables, without those that SQLite itself makes, also for virtual ones. */
  private List<String> names(String types) throws SQLException {
    return this.jdbcTemplate.queryForStringList(
        "SELECT name FROM pragma_table_list WHERE schema = ? COLLATE NOCASE AND type IN (%s)"
                .formatted(types)
            + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        this.name);
  }

  @Override
  protected void doCreate() throws SQLException {
    throw unsupported();
  }

  @Override
  protected void doDrop() throws SQLException {
    throw unsupported();
  }

  private SQLException unsupported() {
    return new SQLFeatureNotSupportedException(
        "SQLite has no schemas that can be created or dropped; leave '%s' out of Flyway's schemas, or attach a file by that name"
            .formatted(this.name),
        "0A000");
  }

  /** In any order: that tables refer to each other is looked at when all of them are gone. */
  @Override
  protected void doClean() throws SQLException {
    this.jdbcTemplate.execute("PRAGMA defer_foreign_keys = ON");
    for (String view : names("'view'")) {
      this.jdbcTemplate.execute("DROP VIEW " + this.database.quote(this.name, view));
    }
    for (MigratedTable table : allTables()) {
      table.drop();
    }
  }

  @Override
  protected MigratedTable[] doAllTables() throws SQLException {
    return names("'table', 'virtual'").stream().map(this::getTable).toArray(MigratedTable[]::new);
  }

  @Override
  public MigratedTable getTable(String name) {
    return new MigratedTable(this.jdbcTemplate, this.database, this, name);
  }
}
