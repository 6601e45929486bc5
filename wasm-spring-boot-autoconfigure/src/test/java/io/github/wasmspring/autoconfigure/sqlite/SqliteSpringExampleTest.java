package io.github.wasmspring.autoconfigure.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.CrudRepository;

/** The example of the page about SQLite, in an application with all auto-configurations. */
class SqliteSpringExampleTest {

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @EnableJdbcRepositories(considerNestedRepositories = true)
  static class Application {}

  record Note(@Id Long id, String text, Instant writtenAt) {}

  interface Notes extends CrudRepository<Note, Long> {
    List<Note> findByTextContainingOrderByWrittenAt(String text);
  }

  @Test
  void aUrlIsAllThatAnApplicationSets(@TempDir Path folder) {
    try (ConfigurableApplicationContext application =
        SpringApplication.run(
            Application.class,
            "--spring.autoconfigure.exclude=",
            "--spring.main.web-application-type=none",
            "--spring.datasource.url=jdbc:wasm-sqlite:" + folder.resolve("notes.db"))) {
      Notes notes = application.getBean(Notes.class);
      notes.save(new Note(null, "buy tea", Instant.now()));
      List<Note> found = notes.findByTextContainingOrderByWrittenAt("tea");
      assertThat(found).hasSize(1);
      assertThat(found.get(0).id()).isOne();
    }
  }
}
