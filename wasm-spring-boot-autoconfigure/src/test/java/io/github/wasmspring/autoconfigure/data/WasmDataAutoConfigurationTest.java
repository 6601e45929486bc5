package io.github.wasmspring.autoconfigure.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.data.DataProcessor;
import io.github.wasmspring.data.DataSchema;
import io.github.wasmspring.data.DataSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class WasmDataAutoConfigurationTest {

  private static final DataSchema SCHEMA = DataSchema.builder().integer("a").build();

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(WasmAutoConfiguration.class, WasmDataAutoConfiguration.class));

  private static List<?> doubled(DataProcessor data) {
    return data.from(SCHEMA, List.of(Map.of("a", 21))).derive("b", "a * 2").toMaps();
  }

  @Test
  void itIsThereForWhoeverNeedsIt() {
    this.runner.run(
        context -> {
          assertThat(context.getBeanFactory().containsSingleton("wasmDataProcessor")).isFalse();
          DataProcessor data = context.getBean(DataProcessor.class);
          assertThat(data.settings()).isEqualTo(DataSettings.DEFAULTS);
          assertThat(doubled(data)).isEqualTo(List.of(Map.of("a", 21L, "b", 42L)));
          assertThat(data.wasmStages()).isEqualTo(1);
        });
  }

  @Test
  void propertiesSayHowItIs() {
    this.runner
        .withPropertyValues(
            "wasm.services.data.chunk-rows=100",
            "wasm.services.data.memory-limit=1MB",
            "wasm.services.data.spill-directory=spilled",
            "wasm.services.data.spill-compression=true",
            "wasm.services.data.spill-limit=2MB")
        .run(
            context ->
                assertThat(context.getBean(DataProcessor.class).settings())
                    .isEqualTo(
                        DataSettings.DEFAULTS
                            .withChunkRows(100)
                            .withMemoryLimit(1 << 20)
                            .withSpillDirectory(Path.of("spilled"))
                            .withSpillCompression(true)
                            .withSpillLimit(2 << 20)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunk-rows=0", "memory-limit=600MB", "spill-limit=-1B"})
  void whatCanNeverBeIsRefusedByItsName(String property) {
    String name = "wasm.services.data." + property.substring(0, property.indexOf('='));
    this.runner
        .withPropertyValues("wasm.services.data." + property)
        .withUserConfiguration(Needy.class)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .isNotNull()
                    .satisfies(
                        cause ->
                            assertThat(context.getStartupFailure()).hasStackTraceContaining(name)));
  }

  @Test
  void javaProcessesWhereModulesAreOff() {
    this.runner
        .withPropertyValues("wasm.enabled=false")
        .run(
            context -> {
              DataProcessor data = context.getBean(DataProcessor.class);
              assertThat(doubled(data)).isEqualTo(List.of(Map.of("a", 21L, "b", 42L)));
              assertThat(data.javaStages()).isEqualTo(1);
            });
  }

  @Test
  void anotherOneIsKept() {
    this.runner
        .withUserConfiguration(Own.class)
        .run(
            context ->
                assertThat(context.getBean(DataProcessor.class).settings().chunkRows())
                    .isEqualTo(7));
  }

  @Test
  void itCanBeSwitchedOff() {
    this.runner
        .withPropertyValues("wasm.services.data.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(DataProcessor.class));
  }

  @Test
  void withoutItsJarThereIsNone() {
    this.runner
        .withClassLoader(new FilteredClassLoader(DataProcessor.class))
        .run(context -> assertThat(context).doesNotHaveBean("wasmDataProcessor"));
  }

  @Configuration(proxyBeanMethods = false)
  static class Own {
    @Bean
    DataProcessor own(WasmModuleManager manager) {
      return DataProcessor.of(manager, DataSettings.DEFAULTS.withChunkRows(7));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Needy {
    @Bean
    String needy(DataProcessor data) {
      return String.valueOf(data);
    }
  }
}
