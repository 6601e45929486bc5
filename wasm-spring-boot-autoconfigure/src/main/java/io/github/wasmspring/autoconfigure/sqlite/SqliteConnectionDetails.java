package io.github.wasmspring.autoconfigure.sqlite;

import io.github.wasmspring.sqlite.WasmSqliteDriver;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** A data source of Boot whose driver is ours, unless another is named. */
record SqliteConnectionDetails(
    String url, String driver, @Nullable String username, @Nullable String password)
    implements JdbcConnectionDetails {

  private static final String HIKARI = "com.zaxxer.hikari.HikariDataSource";
  private static final String FLYWAY =
      "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration";
  private static final List<String> OTHER_CONNECTIONS =
      List.of("spring.flyway.url", "spring.flyway.user");

  /**
   * @throws WasmSqliteConfigurationException if the data source would make more connections than
   *     there can be
   */
  static SqliteConnectionDetails of(DataSourceProperties properties, Environment environment) {
    String url = properties.determineUrl();
    String reason = SqliteUrl.whyOneConnection(url, new Properties());
    if (reason != null) {
      requireOneConnection(reason, properties.getType(), environment);
    }
    String driver = properties.getDriverClassName();
    return new SqliteConnectionDetails(
        url,
        StringUtils.hasText(driver) ? driver : WasmSqliteDriver.class.getName(),
        properties.getUsername(),
        properties.getPassword());
  }

  private static void requireOneConnection(
      String reason, @Nullable Class<? extends DataSource> type, Environment environment) {
    if (type == null
        ? !ClassUtils.isPresent(HIKARI, SqliteConnectionDetails.class.getClassLoader())
        : !type.getName().equals(HIKARI)) {
      throw new WasmSqliteConfigurationException(
          "The data source can't be kept to one connection, and %s.".formatted(reason),
          "Use HikariCP, whose pool is kept to one connection: add com.zaxxer:HikariCP and leave spring.datasource.type out. Or use a file.");
    }
    for (String property : OTHER_CONNECTIONS) {
      if (isMigrated(environment) && StringUtils.hasText(environment.getProperty(property))) {
        throw new WasmSqliteConfigurationException(
            "With %s Flyway has a connection of its own, and %s.".formatted(property, reason),
            "Leave %s out, so that Flyway uses the application's data source. Or use a file."
                .formatted(property));
      }
    }
  }

  /** Whether Boot makes a Flyway, whose properties count only then. */
  private static boolean isMigrated(Environment environment) {
    return ClassUtils.isPresent(FLYWAY, SqliteConnectionDetails.class.getClassLoader())
        && environment.getProperty("spring.flyway.enabled", Boolean.class, true);
  }

  @Override
  public @Nullable String getUsername() {
    return this.username;
  }

  @Override
  public @Nullable String getPassword() {
    return this.password;
  }

  @Override
  public String getJdbcUrl() {
    return this.url;
  }

  @Override
  public String getDriverClassName() {
    return this.driver;
  }
}
