package io.github.wasmspring.internal.sqlite.flyway;

import io.github.wasmspring.sqlite.WasmSqliteDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.BaseDatabaseType;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParsingContext;

/**
 * Tells Flyway's plug-ins apart: its own for SQLite takes all connections to a product of that
 * name, and drops tables with several statements in one text. Found by {@link
 * java.util.ServiceLoader}.
 */
public final class WasmSqliteDatabaseType extends BaseDatabaseType {

  private static final String PREFIX = "jdbc:wasm-sqlite:";

  @Override
  public String getName() {
    return "SQLite as WebAssembly";
  }

  /** Before Flyway's own for SQLite. */
  @Override
  public int getPriority() {
    return 1;
  }

  @Override
  public int getNullType() {
    return Types.VARCHAR;
  }

  @Override
  public boolean supportsReadOnlyTransactions() {
    return false;
  }

  @Override
  public boolean handlesJDBCUrl(String url) {
    return url.startsWith(PREFIX);
  }

  @Override
  public String getDriverClass(String url, ClassLoader classLoader) {
    return WasmSqliteDriver.class.getName();
  }

  @Override
  public boolean handlesDatabaseProductNameAndVersion(
      String product, String version, Connection connection) {
    try {
      String url = connection.getMetaData().getURL();
      return url != null && handlesJDBCUrl(url);
    } catch (SQLException unknown) {
      return false;
    }
  }

  @Override
  public MigratedDatabase createDatabase(
      Configuration configuration,
      JdbcConnectionFactory connections,
      StatementInterceptor interceptor) {
    return new MigratedDatabase(configuration, connections, interceptor);
  }

  @Override
  public Parser createParser(
      Configuration configuration, ResourceProvider resources, ParsingContext context) {
    return new MigrationParser(configuration, context);
  }
}
