package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmModuleRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** However an id has to be written where it is written, the properties reach the module. */
class ModuleIdPropertiesTest {

  private static final String LOCATION = "classpath:wasm/calc.wasm";

  private static ApplicationContextRunner application(
      Map<String, Object> environment, Map<String, Object> properties, String... provided) {
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
        .withBean(WasmModuleProvider.class, () -> () -> modules(provided))
        .withInitializer(
            context -> {
              var sources = context.getEnvironment().getPropertySources();
              sources.replace(
                  StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                  new SystemEnvironmentPropertySource(
                      StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
              sources.addLast(new MapPropertySource("application.yml", properties));
            });
  }

  private static List<WasmModuleDescriptor> modules(String... ids) {
    return Stream.of(ids)
        .map(id -> WasmModuleDescriptor.builder(id).location(LOCATION).build())
        .toList();
  }

  private static Consumer<AssertableApplicationContext> maxOf(String id, int max) {
    return context ->
        assertThat(context.getBean(WasmModuleRegistry.class).get(id, "*").settings().pool().max())
            .isEqualTo(max);
  }

  @ParameterizedTest
  @CsvSource({
    "sum-parallel, WASM_MODULES_SUMPARALLEL_POOL_MAX",
    "sumParallel, WASM_MODULES_SUMPARALLEL_POOL_MAX",
    "sum_parallel, WASM_MODULES_SUMPARALLEL_POOL_MAX",
    "sum.parallel, WASM_MODULES_SUMPARALLEL_POOL_MAX",
  })
  void anEnvironmentVariableReachesTheModule(String id, String variable) {
    application(Map.of(variable, "2"), Map.of(), id).run(maxOf(id, 2)::accept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wasm.modules.sum-parallel.pool.max",
        "wasm.modules.sumParallel.pool.max",
        "wasm.modules.sum_parallel.pool.max",
        "wasm.modules.SUM-PARALLEL.pool.max"
      })
  void everySpellingReachesTheModule(String property) {
    for (String id : List.of("sum-parallel", "sumParallel")) {
      application(Map.of(), Map.of(property, "2"), id).run(maxOf(id, 2)::accept);
    }
  }

  @Test
  void anEnvironmentVariableAddsToWhatOtherPropertiesSay() {
    application(
            Map.of(
                "WASM_MODULES_MYCALC_POOL_MAX", "2",
                "WASM_MODULES_MYCALC_POOL_BORROW_TIMEOUT", "7s"),
            Map.of(
                "wasm.modules.my-calc.location", LOCATION,
                "wasm.modules.my-calc.pool.max", "9",
                "wasm.modules.my-calc.pool.prepared", "1",
                "wasm.modules.my-calc.wasi.environment.NAME", "value",
                "wasm.modules.my-calc.imports[0]", "env.log"))
        .run(
            context -> {
              var settings =
                  context.getBean(WasmModuleRegistry.class).get("my-calc", "*").settings();
              assertThat(settings.pool().max()).isEqualTo(2);
              assertThat(settings.pool().borrowTimeout()).hasSeconds(7);
              assertThat(settings.pool().prepared()).isOne();
              assertThat(settings.wasi().environment()).containsEntry("NAME", "value");
              assertThat(settings.permissions().imports()).containsExactly("env.log");
              assertThat(context.getBean(WasmModuleRegistry.class).find("mycalc")).isEmpty();
            });
  }

  @Test
  void anInterfaceSaysWhatAnEnvironmentVariableMeans() {
    application(Map.of("WASM_MODULES_DASHEDCALC_LOCATION", LOCATION), Map.of())
        .withBean(
            DashedCalc.class,
            () -> {
              throw new IllegalStateException("never made");
            },
            definition -> definition.setLazyInit(true))
        .run(
            context ->
                assertThat(
                        context.getBean(WasmModuleManager.class).bind(DashedCalc.class).add(1, 2))
                    .isEqualTo(3));
  }

  @io.github.wasmspring.WasmModule("dashed-calc")
  interface DashedCalc {
    int add(int a, int b);
  }

  @Test
  void twoModulesThatAnEnvironmentVariableCannotTellApart() {
    application(Map.of("WASM_MODULES_AB_POOL_MAX", "2"), Map.of(), "a-b", "a.b")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("It could mean each of the modules [a-b, a.b]"));
    application(Map.of("WASM_MODULES_AB_POOL_MAX", "2"), Map.of(), "a-b", "ab")
        .run(
            context -> {
              maxOf("ab", 2).accept(context);
              assertThat(
                      context
                          .getBean(WasmModuleRegistry.class)
                          .get("a-b", "*")
                          .settings()
                          .pool()
                          .max())
                  .isNotEqualTo(2);
            });
  }

  @Test
  void anIdWithADotIsWrittenInBrackets() {
    application(
            Map.of(),
            Map.of(
                "wasm.modules[com.example].location",
                LOCATION,
                "wasm.modules[com.example].pool.max",
                "2"))
        .run(maxOf("com.example", 2)::accept);
    application(Map.of(), Map.of("wasm.modules[com.example].pool.max", "2"))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("wasm.modules[com.example] says no location"));
    application(
            Map.of(),
            Map.of(
                "wasm.modules[com.example].location",
                LOCATION,
                "wasm.modules[com.example].pool.max",
                "0"))
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining(
                        "Property wasm.modules[com.example].pool.max with value"));
  }
}
