package io.github.wasmspring.autoconfigure.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.memory.MemoryEntry;
import io.github.wasmspring.memory.MemoryNamespaceSettings;
import io.github.wasmspring.memory.MemoryQuery;
import io.github.wasmspring.memory.MemoryQuotaException;
import io.github.wasmspring.memory.StoredMemory;
import io.github.wasmspring.sqlite.WasmSqliteDataSource;
import io.github.wasmspring.vector.VectorIndexSettings;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WasmAgentMemoryAutoConfigurationTest {

  private static final String PREFIX = "wasm.services.memory.";

  @TempDir Path directory;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmAgentMemoryAutoConfiguration.class));

  private ApplicationContextRunner located() {
    return this.runner.withPropertyValues(
        PREFIX + "location=" + this.directory.resolve("memory.db"));
  }

  @Test
  void aLocationIsAllThatItTakes() {
    located()
        .run(
            context ->
                context
                    .getBean(AgentMemory.class)
                    .namespace("notes")
                    .put(MemoryEntry.text("key", "kept")));
    located()
        .run(
            context ->
                assertThat(context.getBean(AgentMemory.class).namespace("notes").get("key"))
                    .get()
                    .extracting(StoredMemory::text)
                    .isEqualTo("kept"));
  }

  @Test
  void withoutWebAssemblyTheSameIsThere() {
    located()
        .run(
            context ->
                context
                    .getBean(AgentMemory.class)
                    .namespace("notes")
                    .put(MemoryEntry.text("key", "tea ".repeat(1000)).withTags("tag")));
    located()
        .withPropertyValues("wasm.enabled=false")
        .run(
            context ->
                assertThat(
                        context
                            .getBean(AgentMemory.class)
                            .namespace("notes")
                            .recall(MemoryQuery.builder().allTags("tag").build()))
                    .singleElement()
                    .extracting(StoredMemory::text)
                    .isEqualTo("tea ".repeat(1000)));
  }

  @Test
  void aDataSourceCanHaveTheEntries() {
    Path file = this.directory.resolve("application.db");
    this.runner
        .withBean(
            "own", DataSource.class, () -> new WasmSqliteDataSource("jdbc:wasm-sqlite:" + file))
        .withPropertyValues(PREFIX + "data-source=own")
        .run(
            context -> {
              context
                  .getBean(AgentMemory.class)
                  .namespace("notes")
                  .put(MemoryEntry.text("key", "x"));
              assertThat(file).exists();
            });
  }

  @Test
  void propertiesSayWhatNamespacesMayHave() {
    located()
        .withPropertyValues(
            PREFIX + "readers=2",
            PREFIX + "compression-threshold=1KB",
            PREFIX + "max-value-size=1MB",
            PREFIX + "purge-interval=5s",
            PREFIX + "defaults.ttl=1h",
            PREFIX + "defaults.max-entries=1",
            PREFIX + "namespaces.notes.max-entries=7",
            PREFIX + "namespaces.notes.max-size=1MB",
            PREFIX + "namespaces.notes.versions=3",
            PREFIX + "namespaces.notes.embedded=true",
            PREFIX + "namespaces.notes.vectors.dimensions=8",
            PREFIX + "namespaces.notes.vectors.graph=true")
        .run(
            context -> {
              AgentMemory memory = context.getBean(AgentMemory.class);
              assertThat(memory.namespace("notes").settings())
                  .isEqualTo(
                      new MemoryNamespaceSettings(
                          7,
                          1 << 20,
                          Duration.ofHours(1),
                          3,
                          true,
                          VectorIndexSettings.dimensions(8).graph().build()));
              memory.namespace("others").put(MemoryEntry.text("a", "x"));
              assertThat(
                      failureOf(() -> memory.namespace("others").put(MemoryEntry.text("b", "x"))))
                  .isInstanceOf(MemoryQuotaException.class);
            });
  }

  private static Throwable failureOf(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      return failure;
    }
    throw new AssertionError("That did not fail");
  }

  @Test
  void whatCanNeverBeIsRefusedByItsName() {
    for (String property :
        new String[] {
          "readers=0",
          "max-value-size=1TB",
          "purge-interval=-1s",
          "defaults.versions=0",
          "defaults.ttl=-1h",
          "namespaces.notes.max-entries=-1",
          "namespaces.notes.vectors.graph=true"
        }) {
      located()
          .withPropertyValues(PREFIX + property)
          .run(
              context ->
                  assertThat(context)
                      .getFailure()
                      .hasStackTraceContaining(PREFIX + property.split("=")[0]));
    }
    located()
        .withPropertyValues(PREFIX + "namespaces[a b].versions=2")
        .run(context -> assertThat(context).getFailure().hasStackTraceContaining("namespaces"));
  }

  @Test
  void aLocationThatCanNotBeStopsTheStart() {
    this.runner
        .withPropertyValues(PREFIX + "location=" + this.directory.resolve("none/memory.db"))
        .run(
            context ->
                assertThat(context).getFailure().hasStackTraceContaining("directory must exist"));
  }

  @Test
  void customizersHaveTheLastWord() {
    Instant start = Instant.parse("2026-11-30T12:00:00Z");
    located()
        .withBean(
            AgentMemoryCustomizer.class,
            () -> memory -> memory.clock(Clock.fixed(start, ZoneOffset.UTC)))
        .run(
            context -> {
              AgentMemory memory = context.getBean(AgentMemory.class);
              memory.namespace("notes").put(MemoryEntry.text("key", "x"));
              assertThat(memory.namespace("notes").get("key").orElseThrow().written())
                  .isEqualTo(start);
            });
  }

  @Test
  void thereIsNothingWithoutAPlaceOrItsJarOrWhereItIsSwitchedOff() {
    this.runner.run(context -> assertThat(context).doesNotHaveBean(AgentMemory.class));
    located()
        .withClassLoader(new FilteredClassLoader(AgentMemory.class))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("wasmAgentMemory"));
    located()
        .withPropertyValues(PREFIX + "enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(AgentMemory.class));
  }

  @Test
  void onesOwnMemoryWins() {
    AgentMemory own =
        (AgentMemory)
            Proxy.newProxyInstance(
                AgentMemory.class.getClassLoader(),
                new Class<?>[] {AgentMemory.class},
                (self, method, arguments) ->
                    switch (method.getName()) {
                      case "hashCode" -> 1;
                      case "equals" -> self == arguments[0];
                      default -> null;
                    });
    located()
        .withBean("own", AgentMemory.class, () -> own)
        .run(context -> assertThat(context).hasSingleBean(AgentMemory.class).hasBean("own"));
  }
}
