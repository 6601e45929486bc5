package io.github.wasmspring.autoconfigure.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.data.jdbc.test.autoconfigure.DataJdbcTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The slice of Spring Data JDBC with the application's own URL. */
@DataJdbcTest(
    properties = {
      "spring.autoconfigure.exclude=",
      "spring.datasource.url=jdbc:wasm-sqlite::memory:"
    })
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Timeout(60)
class SqliteDataJdbcSliceTest {

  @SpringBootConfiguration
  @AutoConfigurationPackage
  static class Application {}

  record Tea(@Id Long id, String name) {}

  @Autowired private JdbcAggregateTemplate template;

  @Test
  void hasTheApplicationsDatabase(@Autowired JdbcClient client) {
    client.sql("CREATE TABLE tea (id INTEGER PRIMARY KEY, name TEXT)").update();
    Tea saved = this.template.save(new Tea(null, "green"));
    assertThat(this.template.findById(saved.id(), Tea.class)).isEqualTo(saved);
  }
}
