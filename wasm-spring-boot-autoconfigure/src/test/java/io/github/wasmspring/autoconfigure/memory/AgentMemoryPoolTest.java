package io.github.wasmspring.autoconfigure.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.sqlite.WasmSqliteAutoConfiguration;
import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.memory.AgentMemoryException;
import io.github.wasmspring.memory.MemoryEntry;
import io.github.wasmspring.memory.MemoryNamespace;
import io.github.wasmspring.memory.MemoryQuery;
import io.github.wasmspring.memory.StoredMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An agent memory beside the tables of an application, in the pool that Boot makes. */
class AgentMemoryPoolTest {

  private static final int THREADS = 8;
  private static final int WRITES = 25;

  @TempDir Path directory;

  private ApplicationContextRunner pooled(int connections) {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                WasmAutoConfiguration.class,
                WasmSqliteAutoConfiguration.class,
                DataSourceAutoConfiguration.class,
                JdbcTemplateAutoConfiguration.class,
                JdbcClientAutoConfiguration.class,
                WasmAgentMemoryAutoConfiguration.class))
        .withPropertyValues(
            "spring.datasource.url=jdbc:wasm-sqlite:" + this.directory.resolve("application.db"),
            "spring.datasource.hikari.maximum-pool-size=" + connections,
            "spring.datasource.hikari.connection-timeout=300",
            "wasm.services.memory.data-source=dataSource",
            "wasm.services.memory.readers=2");
  }

  @Test
  void bothWriteAtATimeAndNothingIsLost() {
    pooled(8)
        .withPropertyValues("spring.datasource.hikari.connection-timeout=30000")
        .run(
            context -> {
              JdbcClient client = context.getBean(JdbcClient.class);
              AgentMemory memory = context.getBean(AgentMemory.class);
              client.sql("CREATE TABLE visit (id INTEGER PRIMARY KEY, page TEXT)").update();
              ExecutorService threads = Executors.newFixedThreadPool(THREADS);
              List<Future<?>> all = new ArrayList<>();
              for (int each = 0; each < THREADS; each++) {
                int number = each;
                all.add(threads.submit(() -> write(number, client, memory.namespace("notes"))));
              }
              for (Future<?> each : all) {
                each.get();
              }
              threads.shutdown();
              assertThat(memory.namespace("notes").stats().entries())
                  .isEqualTo(THREADS / 2 * WRITES);
              HikariDataSource pool = context.getBean(HikariDataSource.class);
              assertThat(pool.getHikariPoolMXBean().getActiveConnections())
                  .as("one that writes, and readers")
                  .isBetween(2, 3);
            });
    pooled(8)
        .run(
            context -> {
              assertThat(
                      context
                          .getBean(JdbcClient.class)
                          .sql("SELECT count(*) FROM visit")
                          .query(Integer.class)
                          .single())
                  .isEqualTo(THREADS / 2 * WRITES);
              assertThat(
                      context
                          .getBean(AgentMemory.class)
                          .namespace("notes")
                          .recall(MemoryQuery.builder().prefix("1/").limit(1000).build()))
                  .hasSize(WRITES)
                  .extracting(StoredMemory::text)
                  .containsOnly("tea");
            });
  }

  private static void write(int thread, JdbcClient client, MemoryNamespace notes) {
    for (int each = 0; each < WRITES; each++) {
      if (thread % 2 == 0) {
        client.sql("INSERT INTO visit (page) VALUES (?)").param("/" + each).update();
      } else {
        notes.put(MemoryEntry.text(thread + "/" + each, "tea"));
        assertThat(notes.get(thread + "/" + each)).isPresent();
      }
    }
  }

  @Test
  void connectionsThatThePoolGivesUpAreReplaced() {
    pooled(5)
        .run(
            context -> {
              MemoryNamespace notes = context.getBean(AgentMemory.class).namespace("notes");
              notes.put(MemoryEntry.text("key", "before"));
              context.getBean(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
              notes.put(MemoryEntry.text("key", "after"));
              assertThat(notes.get("key")).get().extracting(StoredMemory::text).isEqualTo("after");
            });
  }

  @Test
  void aPoolThatIsTooSmallSaysSo() {
    pooled(1)
        .run(
            context -> {
              MemoryNamespace notes = context.getBean(AgentMemory.class).namespace("notes");
              notes.put(MemoryEntry.text("key", "kept"));
              assertThatThrownBy(() -> notes.get("key"))
                  .isInstanceOf(AgentMemoryException.class)
                  .hasMessageContaining("Connection is not available")
                  .hasMessageContaining("one connection more than the memory has readers");
            });
  }
}
