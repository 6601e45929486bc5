package io.github.wasmspring.autoconfigure.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.data.WasmDataAutoConfiguration;
import io.github.wasmspring.autoconfigure.memory.WasmAgentMemoryAutoConfiguration;
import io.github.wasmspring.autoconfigure.monitor.WasmMonitorAutoConfiguration;
import io.github.wasmspring.autoconfigure.vector.WasmVectorAutoConfiguration;
import io.github.wasmspring.data.DataProcessor;
import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.memory.MemoryEntry;
import io.github.wasmspring.monitor.PerformanceMonitor;
import io.github.wasmspring.services.WasmServices;
import io.github.wasmspring.services.WasmServicesHealth.State;
import io.github.wasmspring.vector.VectorIndexes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WasmServicesAutoConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class,
                  WasmAgentMemoryAutoConfiguration.class,
                  WasmDataAutoConfiguration.class,
                  WasmMonitorAutoConfiguration.class,
                  WasmVectorAutoConfiguration.class,
                  WasmServicesAutoConfiguration.class));

  @TempDir private Path directory;

  @Test
  void theServicesAreTheBeansOfTheApplication() {
    this.runner
        .withPropertyValues(
            "wasm.monitor.enabled=true",
            "wasm.services.memory.location=" + this.directory.resolve("agents.db"))
        .run(
            context -> {
              WasmServices services = context.getBean(WasmServices.class);
              assertThat(services.health().services())
                  .allMatch(each -> each.state() == State.NOT_USED);
              assertThat(services.vectors()).isSameAs(context.getBean(VectorIndexes.class));
              assertThat(services.data()).isSameAs(context.getBean(DataProcessor.class));
              assertThat(services.memory()).isSameAs(context.getBean(AgentMemory.class));
              assertThat(services.monitor()).isSameAs(context.getBean(PerformanceMonitor.class));
              services.memory().namespace("planner").put(MemoryEntry.text("goal", "sell tea"));
              assertThat(services.compute().realFft(new double[] {1, 2, 3, 4})).hasSize(6);
              assertThat(services.health().isUp()).isTrue();
              assertThat(services.stats().series()).isPositive();
            });
  }

  @Test
  void theyAnswerWithoutModulesToo() {
    this.runner
        .withPropertyValues(
            "wasm.enabled=false",
            "wasm.services.memory.location=" + this.directory.resolve("agents.db"))
        .run(
            context -> {
              WasmServices services = context.getBean(WasmServices.class);
              services.memory().namespace("planner").put(MemoryEntry.text("goal", "sell tea"));
              assertThat(services.memory().namespace("planner").get("goal")).isPresent();
              assertThat(services.compute().realFft(new double[] {1, 2, 3, 4})).hasSize(6);
              assertThat(services.stats().enabled()).isFalse();
              assertThat(services.health().isUp()).isTrue();
            });
  }

  @Test
  void whatIsMissingSaysWhatToSet() {
    this.runner
        .withPropertyValues("wasm.services.data.enabled=false")
        .run(
            context -> {
              WasmServices services = context.getBean(WasmServices.class);
              assertThatIllegalStateException()
                  .isThrownBy(services::memory)
                  .withMessageContaining("wasm.services.memory.location");
              assertThatIllegalStateException()
                  .isThrownBy(services::data)
                  .withMessageContaining("wasm.services.data.enabled");
            });
  }

  @Test
  void thereAreNoneWithoutTheirJarOrWithOthers() {
    this.runner
        .withClassLoader(new FilteredClassLoader(WasmServices.class))
        .run(context -> assertThat(context).doesNotHaveBean("wasmServices"));
    this.runner
        .withBean("own", WasmServices.class, WasmServices::create)
        .run(context -> assertThat(context).getBean(WasmServices.class).isNotNull());
  }
}
