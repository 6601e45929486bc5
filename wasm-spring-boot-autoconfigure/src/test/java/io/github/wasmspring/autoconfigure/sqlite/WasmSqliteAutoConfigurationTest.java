package io.github.wasmspring.autoconfigure.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.github.wasmspring.sqlite.WasmSqliteDriver;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLFeatureNotSupportedException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

@Timeout(60)
class WasmSqliteAutoConfigurationTest {

  private static final String MEMORY = "spring.datasource.url=jdbc:wasm-sqlite::memory:";

  @TempDir Path folder;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmSqliteAutoConfiguration.class,
                  DataSourceAutoConfiguration.class,
                  JdbcTemplateAutoConfiguration.class,
                  JdbcClientAutoConfiguration.class,
                  FlywayAutoConfiguration.class))
          .withPropertyValues("spring.flyway.locations=classpath:db/orders");

  private String file(String parameters) {
    return "spring.datasource.url=jdbc:wasm-sqlite:" + this.folder.resolve("test.db") + parameters;
  }

  private static FailureAnalysis analysis(AssertableApplicationContext context) {
    Throwable failure = context.getStartupFailure();
    assertThat(failure).isNotNull();
    FailureAnalysis analysis = new WasmSqliteConfigurationFailureAnalyzer().analyze(failure);
    assertThat(analysis).isNotNull();
    return analysis;
  }

  @Test
  void aUrlIsEnough() {
    this.runner
        .withPropertyValues(file(""))
        .run(
            context -> {
              HikariDataSource pool = context.getBean(HikariDataSource.class);
              assertThat(pool.getDriverClassName()).isEqualTo(WasmSqliteDriver.class.getName());
              assertThat(pool.getMaximumPoolSize()).isEqualTo(10);
              JdbcClient client = context.getBean(JdbcClient.class);
              assertThat(client.sql("SELECT count(*) FROM shop_order").query(Long.class).single())
                  .isZero();
            });
  }

  @Test
  void aDatabaseInMemoryIsTheSameForAllAndStays() {
    this.runner
        .withPropertyValues(MEMORY)
        .run(
            context -> {
              HikariDataSource pool = context.getBean(HikariDataSource.class);
              assertThat(pool.getMaximumPoolSize()).isOne();
              assertThat(pool.getMaxLifetime()).isZero();
              assertThat(pool.getIdleTimeout()).isZero();
              JdbcClient client = context.getBean(JdbcClient.class);
              assertThat(client.sql("SELECT count(*) FROM shop_order").query(Long.class).single())
                  .isZero();
            });
  }

  @Test
  void aRefusedCallDoesNotCostADatabaseInMemory() {
    this.runner
        .withPropertyValues(MEMORY)
        .run(
            context -> {
              JdbcTemplate template = context.getBean(JdbcTemplate.class);
              template.execute("CREATE TABLE kept (x)");
              assertThatThrownBy(
                      () ->
                          template.execute(
                              (ConnectionCallback<Object>)
                                  connection ->
                                      connection.prepareStatement(
                                          "SELECT 1",
                                          ResultSet.TYPE_SCROLL_INSENSITIVE,
                                          ResultSet.CONCUR_READ_ONLY)))
                  .hasRootCauseInstanceOf(SQLFeatureNotSupportedException.class);
              assertThatThrownBy(() -> template.execute("ATTACH '/nowhere/at/all.db' AS a"))
                  .isInstanceOf(DataAccessException.class);
              assertThat(template.queryForObject("SELECT count(*) FROM kept", Long.class)).isZero();
            });
  }

  @Test
  void anExceptionOverrideOfTheApplicationGoesFirst() {
    this.runner
        .withPropertyValues(
            MEMORY,
            "spring.datasource.hikari.exception-override-class-name=" + OwnOverride.class.getName())
        .run(
            context ->
                assertThat(context.getBean(HikariDataSource.class).getExceptionOverride())
                    .isInstanceOf(OwnOverride.class));
  }

  public static final class OwnOverride implements SQLExceptionOverride {}

  @Test
  void aFileInWalModeHasOneConnection() {
    this.runner
        .withPropertyValues(file("?journal_mode=wal"))
        .run(
            context -> {
              assertThat(context.getBean(HikariDataSource.class).getMaximumPoolSize()).isOne();
              JdbcClient client = context.getBean(JdbcClient.class);
              assertThat(client.sql("PRAGMA journal_mode").query(String.class).single())
                  .isEqualTo("wal");
            });
  }

  @Test
  void parametersOfThePoolCountToo() {
    this.runner
        .withPropertyValues(
            file(""), "spring.datasource.hikari.data-source-properties.journal_mode=wal")
        .run(
            context ->
                assertThat(context.getBean(HikariDataSource.class).getMaximumPoolSize()).isOne());
  }

  @Test
  void moreConnectionsThanThereCanBeAreRefused() {
    this.runner
        .withPropertyValues(MEMORY, "spring.datasource.hikari.maximum-pool-size=2")
        .run(
            context -> {
              assertThat(analysis(context).getDescription())
                  .contains("2 connections", "database of its own");
              assertThat(analysis(context).getAction())
                  .contains("spring.datasource.hikari.maximum-pool-size");
            });
  }

  @Test
  void aDataSourceThatMakesConnectionsAsItLikesIsRefusedForMemory() {
    this.runner
        .withPropertyValues(
            MEMORY, "spring.datasource.type=" + SimpleDriverDataSource.class.getName())
        .run(context -> assertThat(analysis(context).getAction()).contains("HikariCP"));
    this.runner
        .withPropertyValues(MEMORY)
        .withClassLoader(new FilteredClassLoader(HikariDataSource.class))
        .run(context -> assertThat(context).hasFailed());
    this.runner
        .withPropertyValues(
            file(""), "spring.datasource.type=" + SimpleDriverDataSource.class.getName())
        .run(context -> assertThat(context).hasSingleBean(SimpleDriverDataSource.class));
  }

  @Test
  void flywayMustNotHaveAConnectionOfItsOwnWhereThereCanBeOne() {
    this.runner
        .withPropertyValues(MEMORY, "spring.flyway.url=jdbc:wasm-sqlite::memory:")
        .run(
            context -> {
              assertThat(analysis(context).getDescription()).contains("spring.flyway.url");
              assertThat(analysis(context).getAction()).contains("spring.flyway.url");
            });
    this.runner
        .withPropertyValues(file("?journal_mode=wal"), "spring.flyway.user=flyway")
        .run(
            context ->
                assertThat(analysis(context).getDescription()).contains("spring.flyway.user"));
  }

  @Test
  void theDriverThatIsNamedIsTheOneThatIsTaken() {
    this.runner
        .withPropertyValues(
            file(""), "spring.datasource.driver-class-name=" + WasmSqliteDriver.class.getName())
        .run(context -> assertThat(context).hasSingleBean(JdbcConnectionDetails.class));
  }

  @Test
  void otherDatabasesAreLeftAlone() {
    this.runner
        .withPropertyValues(
            "spring.datasource.url=jdbc:sqlite::memory:",
            "spring.datasource.driver-class-name=" + WasmSqliteDriver.class.getName(),
            "spring.flyway.enabled=false",
            "spring.datasource.hikari.initialization-fail-timeout=-1")
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(JdbcConnectionDetails.class)
                    .doesNotHaveBean(SqliteConnectionDetails.class));
  }

  @Test
  void whatTheApplicationDefinesGoesFirst() {
    this.runner
        .withPropertyValues(MEMORY)
        .withUserConfiguration(OwnPool.class)
        .run(
            context -> {
              assertThat(context).hasSingleBean(DataSource.class);
              assertThat(context.getBean(HikariDataSource.class).getPoolName()).isEqualTo("own");
            });
  }

  @Test
  void aDataSourceOfTheApplicationIsNotCheckedByBootsProperties() {
    this.runner
        .withPropertyValues(
            MEMORY,
            "spring.datasource.type=" + SimpleDriverDataSource.class.getName(),
            "spring.flyway.user=flyway",
            "spring.flyway.enabled=false")
        .withUserConfiguration(OwnPool.class)
        .run(
            context ->
                assertThat(context).hasNotFailed().doesNotHaveBean(SqliteConnectionDetails.class));
  }

  @Test
  void propertiesOfAFlywayThatIsOffCountForNothing() {
    this.runner
        .withPropertyValues(MEMORY, "spring.flyway.user=flyway", "spring.flyway.enabled=false")
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(HikariDataSource.class));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnPool {

    /** Has started before anybody can set anything. */
    @Bean
    HikariDataSource dataSource() {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl("jdbc:wasm-sqlite::memory:");
      config.setMaximumPoolSize(1);
      config.setPoolName("own");
      return new HikariDataSource(config);
    }
  }

  @Test
  void withoutTheDriverNothingHappens() {
    this.runner
        .withPropertyValues(MEMORY)
        .withClassLoader(new FilteredClassLoader(WasmSqliteDriver.class))
        .run(context -> assertThat(context).hasFailed());
  }

  @Test
  void insertsAreMadeFromMetaData() {
    this.runner
        .withPropertyValues(file(""), "spring.flyway.enabled=false")
        .run(
            context -> {
              JdbcClient client = context.getBean(JdbcClient.class);
              client
                  .sql("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, done BOOLEAN)")
                  .update();
              Number key =
                  new SimpleJdbcInsert(context.getBean(DataSource.class))
                      .withTableName("t")
                      .usingGeneratedKeyColumns("id")
                      .executeAndReturnKey(java.util.Map.of("name", "a", "done", true));
              assertThat(key.longValue()).isOne();
              assertThat(client.sql("SELECT name, done FROM t").query().singleRow())
                  .containsEntry("name", "a")
                  .containsEntry("done", 1L);
            });
  }
}
