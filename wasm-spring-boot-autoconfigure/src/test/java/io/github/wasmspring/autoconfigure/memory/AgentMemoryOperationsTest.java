package io.github.wasmspring.autoconfigure.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.endpoint.WasmEndpoint;
import io.github.wasmspring.autoconfigure.endpoint.WasmEndpointAutoConfiguration;
import io.github.wasmspring.autoconfigure.memory.endpoint.WasmAgentMemoryEndpointAutoConfiguration;
import io.github.wasmspring.autoconfigure.memory.health.WasmAgentMemoryHealthAutoConfiguration;
import io.github.wasmspring.autoconfigure.memory.health.WasmAgentMemoryHealthIndicator;
import io.github.wasmspring.autoconfigure.memory.metrics.WasmAgentMemoryMetrics;
import io.github.wasmspring.autoconfigure.memory.metrics.WasmAgentMemoryMetricsAutoConfiguration;
import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.memory.MemoryConflictException;
import io.github.wasmspring.memory.MemoryEntry;
import io.github.wasmspring.memory.MemoryNamespace;
import io.github.wasmspring.memory.MemoryQuotaException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Health, meters and endpoint of an agent memory. */
class AgentMemoryOperationsTest {

  @TempDir Path directory;

  private ApplicationContextRunner runner() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                WasmAutoConfiguration.class,
                WasmAgentMemoryAutoConfiguration.class,
                WasmAgentMemoryHealthAutoConfiguration.class,
                WasmAgentMemoryMetricsAutoConfiguration.class,
                WasmAgentMemoryEndpointAutoConfiguration.class,
                WasmEndpointAutoConfiguration.class))
        .withBean(SimpleMeterRegistry.class)
        .withPropertyValues(
            "management.endpoints.web.exposure.include=wasm",
            "wasm.services.memory.location=" + this.directory.resolve("memory.db"),
            "wasm.services.memory.namespaces.notes.max-entries=2");
  }

  /** Four writes, one of them too much and one too late. */
  private static void use(AgentMemory memory) {
    MemoryNamespace notes = memory.namespace("notes");
    notes.put(MemoryEntry.text("a", "tea"));
    notes.put(MemoryEntry.text("b", "coffee"));
    assertThatThrownBy(() -> notes.put(MemoryEntry.text("c", "water")))
        .isInstanceOf(MemoryQuotaException.class);
    assertThatThrownBy(() -> notes.compareAndPut(999, MemoryEntry.text("a", "milk")))
        .isInstanceOf(MemoryConflictException.class);
    for (int each = 0; each < 3; each++) {
      memory.namespace("made-up-" + each).put(MemoryEntry.text("key", "value"));
    }
    notes.get("a");
  }

  @Test
  void healthAsksTheDatabase() {
    runner()
        .run(
            context -> {
              AgentMemory memory = context.getBean(AgentMemory.class);
              HealthIndicator indicator = context.getBean(WasmAgentMemoryHealthIndicator.class);
              use(memory);
              Health health = indicator.health();
              assertThat(health.getStatus()).isEqualTo(Status.UP);
              assertThat(health.getDetails())
                  .containsEntry("namespaces", 4)
                  .containsEntry("entries", 5L)
                  .containsKey("bytes");
              memory.close();
              assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
            });
  }

  @Test
  void healthCanBeOffOrOnesOwn() {
    runner()
        .withPropertyValues("management.health.wasm-agent-memory.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(HealthContributor.class));
    runner()
        .withBean(
            "wasmAgentMemoryHealthContributor",
            HealthIndicator.class,
            () -> () -> Health.up().build())
        .run(context -> assertThat(context).doesNotHaveBean(WasmAgentMemoryHealthIndicator.class));
    runner()
        .withClassLoader(new FilteredClassLoader(HealthContributor.class, MeterRegistry.class))
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(AgentMemory.class)
                    .doesNotHaveBean("wasmAgentMemoryHealthIndicator")
                    .doesNotHaveBean("wasmAgentMemoryMetrics"));
    runner()
        .withPropertyValues("wasm.services.memory.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(HealthContributor.class)
                    .doesNotHaveBean(WasmAgentMemoryMetrics.class));
  }

  @Test
  void metersCountAndHaveNoNamesFromOutside() {
    runner()
        .run(
            context -> {
              MeterRegistry meters = context.getBean(MeterRegistry.class);
              AgentMemory memory = context.getBean(AgentMemory.class);
              use(memory);
              context.getBean(WasmAgentMemoryMetrics.class).bindTo(meters);
              assertThat(count(meters, "writes")).isEqualTo(5);
              assertThat(count(meters, "refused")).isEqualTo(1);
              assertThat(count(meters, "conflicts")).isEqualTo(1);
              assertThat(count(meters, "reads")).isPositive();
              assertThat(count(meters, "commits")).isBetween(1.0, 7.0);
              assertThat(count(meters, "expired")).isZero();
              assertThat(meters.get("wasm.agent.memory.entries").gauges()).hasSize(2);
              assertThat(entries(meters, "notes")).isEqualTo(2);
              assertThat(entries(meters, "other")).isEqualTo(3);
              assertThat(
                      meters
                          .get("wasm.agent.memory.size")
                          .tag("namespace", "notes")
                          .gauge()
                          .value())
                  .isGreaterThan(10);
            });
  }

  private static double count(MeterRegistry meters, String name) {
    return meters.get("wasm.agent.memory." + name).functionCounter().count();
  }

  private static double entries(MeterRegistry meters, String namespace) {
    return meters.get("wasm.agent.memory.entries").tag("namespace", namespace).gauge().value();
  }

  @Test
  void aMemoryThatDoesNotAnswerHasNoNumbers() {
    runner()
        .run(
            context -> {
              MeterRegistry meters = context.getBean(MeterRegistry.class);
              context.getBean(WasmAgentMemoryMetrics.class).bindTo(meters);
              context.getBean(AgentMemory.class).close();
              assertThat(entries(meters, "notes")).isNaN();
              assertThat(context.getBean(WasmEndpoint.class).modules().contributions())
                  .extractingByKey("agentMemory")
                  .extracting("error")
                  .asString()
                  .contains("closed");
            });
  }

  @Test
  void theEndpointShowsWhatThereIsButNoEntry() {
    runner()
        .run(
            context -> {
              use(context.getBean(AgentMemory.class));
              Object shown =
                  context.getBean(WasmEndpoint.class).modules().contributions().get("agentMemory");
              assertThat(shown)
                  .extracting("namespaces", "entries", "refused", "conflicts", "error")
                  .containsExactly(4, 5L, 1L, 1L, null);
              assertThat(shown)
                  .extracting("list")
                  .asInstanceOf(InstanceOfAssertFactories.LIST)
                  .filteredOn("name", "notes")
                  .singleElement()
                  .extracting("entries", "maxEntries")
                  .containsExactly(2L, 2L);
              assertThat(String.valueOf(shown)).doesNotContain("coffee");
            });
  }
}
