package io.github.wasmspring.autoconfigure.sqlite;

import com.zaxxer.hikari.HikariDataSource;
import io.github.wasmspring.sqlite.WasmSqliteDriver;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Auto-configuration for {@code spring.datasource.url} with a database of SQLite. */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@ConditionalOnClass({WasmSqliteDriver.class, JdbcConnectionDetails.class})
public final class WasmSqliteAutoConfiguration {

  /**
   * What the URL says, of which Boot does not know the driver, where Boot makes the data source.
   */
  @Configuration(proxyBeanMethods = false)
  @Conditional(OnSqliteUrl.class)
  @ConditionalOnMissingBean({DataSource.class, XADataSource.class})
  @EnableConfigurationProperties(DataSourceProperties.class)
  static class Connection {

    @Bean
    @ConditionalOnMissingBean(JdbcConnectionDetails.class)
    SqliteConnectionDetails wasmSqliteConnectionDetails(
        DataSourceProperties properties, Environment environment) {
      return SqliteConnectionDetails.of(properties, environment);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(HikariDataSource.class)
  static class Pool {

    @Bean
    static SqlitePoolPostProcessor wasmSqlitePoolPostProcessor() {
      return new SqlitePoolPostProcessor();
    }
  }
}
