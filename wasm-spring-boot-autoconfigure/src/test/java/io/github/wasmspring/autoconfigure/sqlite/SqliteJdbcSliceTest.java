package io.github.wasmspring.autoconfigure.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The slice of JDBC with the application's own URL. */
@JdbcTest(
    properties = {
      "spring.autoconfigure.exclude=",
      "spring.datasource.url=jdbc:wasm-sqlite::memory:"
    })
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Timeout(60)
class SqliteJdbcSliceTest {

  @SpringBootConfiguration
  static class Application {}

  @Autowired private JdbcClient client;
  @Autowired private HikariDataSource pool;

  @Test
  void hasTheApplicationsDatabase() {
    this.client.sql("CREATE TABLE t (x)").update();
    assertThat(this.client.sql("SELECT count(*) FROM t").query(Long.class).single()).isZero();
    assertThat(this.pool.getMaximumPoolSize()).isOne();
  }
}
