package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.autoconfigure.metrics.WasmMetricsAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.prepare.WasmTier;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;

/** Who says which modules are interpreted first, and what is seen of it. */
@ExtendWith(OutputCaptureExtension.class)
class EngineTierTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class,
                  WasmMetricsAutoConfiguration.class,
                  MetricsAutoConfiguration.class,
                  SimpleMetricsExportAutoConfiguration.class,
                  CompositeMeterRegistryAutoConfiguration.class))
          .withPropertyValues(
              "wasm.modules.calc.location=classpath:wasm/calc.wasm", "wasm.engine.name=chicory");

  static final class Swaps {

    final List<WasmEvent.EngineSwapped> events = new CopyOnWriteArrayList<>();

    @EventListener
    void on(WasmEvent.EngineSwapped event) {
      this.events.add(event);
    }
  }

  private static WasmModuleStatus calc(WasmModuleManager manager) {
    return manager.status("calc").get(0);
  }

  private static void isCompiledInTheEnd(WasmModuleManager manager) {
    assertThat(manager.bind(Calc.class).add(1, 2)).isEqualTo(3);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> calc(manager).tier().state() == WasmTier.State.COMPILED);
    assertThat(calc(manager).engine()).isEqualTo("chicory-compiled");
    assertThat(manager.bind(Calc.class).add(3, 4)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wasm.engine.mode=tiered",
        "wasm.defaults.engine=tiered",
        "wasm.modules.calc.engine=tiered"
      })
  void propertiesSay(String property) {
    this.runner
        .withPropertyValues(property)
        .run(context -> isCompiledInTheEnd(context.getBean(WasmModuleManager.class)));
  }

  @Test
  void aCustomizerSays() {
    this.runner
        .withBean(
            WasmModuleCustomizer.class,
            () ->
                module ->
                    module.toBuilder()
                        .settings(settings -> settings.engineMode(WasmEngineMode.TIERED))
                        .build())
        .run(context -> isCompiledInTheEnd(context.getBean(WasmModuleManager.class)));
  }

  @Test
  void theProviderOfTheModuleSays() {
    this.runner
        .withBean(
            WasmModuleProvider.class,
            () ->
                () ->
                    List.of(
                        WasmModuleDescriptor.builder("other")
                            .location("classpath:wasm/calc.wasm")
                            .settings(settings -> settings.engineMode(WasmEngineMode.TIERED))
                            .build()))
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              manager.warmUp("other");
              await()
                  .atMost(Duration.ofSeconds(30))
                  .until(
                      () ->
                          manager.status("other").get(0).tier().state() == WasmTier.State.COMPILED);
            });
  }

  @Test
  void byUseGoesByTheSizeOfTheCode() {
    this.runner
        .withPropertyValues("wasm.engine.mode=by-use")
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              manager.warmUp("calc");
              assertThat(calc(manager).tier().state()).isEqualTo(WasmTier.State.SETTLED);
              assertThat(calc(manager).engine()).isEqualTo("chicory-compiled");
            });
    this.runner
        .withPropertyValues("wasm.engine.mode=by-use", "wasm.engine.by-use.small-code=10B")
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              manager.warmUp("calc");
              assertThat(calc(manager).tier().state()).isEqualTo(WasmTier.State.WATCHED);
              assertThat(calc(manager).engine()).isEqualTo("chicory-interpreter");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.engine.by-use.calls=1", "wasm.engine.by-use.time=0ms"})
  void byUseGoesByUse(String property) {
    this.runner
        .withPropertyValues(
            "wasm.engine.mode=by-use",
            "wasm.engine.by-use.small-code=0B",
            "wasm.engine.by-use.calls=1000000",
            "wasm.engine.by-use.time=1h",
            property)
        .run(context -> isCompiledInTheEnd(context.getBean(WasmModuleManager.class)));
  }

  /** As it was once called. */
  @ParameterizedTest
  @ValueSource(strings = {"wasm.engine.mode", "wasm.modules.calc.engine"})
  void autoIsRefusedWithTheModesThatThereAre(String property, CapturedOutput output) {
    SpringApplication application = new SpringApplication(WasmAutoConfiguration.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setRegisterShutdownHook(false);

    assertThatThrownBy(() -> application.run("--" + property + "=auto"))
        .hasStackTraceContaining("'" + property + "'");

    assertThat(output.getOut())
        .containsPattern("Property: " + Pattern.quote(property) + "\\R +Value: \"auto\"")
        .containsPattern("valid:\\s+BY_USE\\s+COMPILED\\s+EAGER\\s+INTERPRETER\\s+TIERED");
  }

  @Test
  void theSwapIsAnApplicationEvent() {
    this.runner
        .withPropertyValues("wasm.modules.calc.engine=tiered")
        .withBean(Swaps.class)
        .run(
            context -> {
              isCompiledInTheEnd(context.getBean(WasmModuleManager.class));
              List<WasmEvent.EngineSwapped> events = context.getBean(Swaps.class).events;
              await().until(() -> !events.isEmpty());
              assertThat(events)
                  .singleElement()
                  .satisfies(event -> assertThat(event.module()).isEqualTo("calc"));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"compiled", "tiered"})
  void compilingIsTimed(String mode) {
    this.runner
        .withPropertyValues("wasm.modules.calc.engine=" + mode)
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              manager.warmUp("calc");
              await().until(() -> calc(manager).engine().equals("chicory-compiled"));
              Timer timer =
                  context
                      .getBean(MeterRegistry.class)
                      .get("wasm.compile")
                      .tag("module", "calc")
                      .tag("outcome", "SUCCESS")
                      .timer();
              assertThat(timer.count()).isOne();
              assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
            });
  }

  @Test
  void theInterpreterCompilesNothing() {
    this.runner
        .withPropertyValues("wasm.modules.calc.engine=interpreter")
        .run(
            context -> {
              context.getBean(WasmModuleManager.class).warmUp("calc");
              assertThat(context.getBean(MeterRegistry.class).find("wasm.compile").timer())
                  .isNull();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wasm.engine.compile-threads=0",
        "wasm.engine.by-use.small-code=-1B",
        "wasm.engine.by-use.calls=0",
        "wasm.engine.by-use.time=-1s"
      })
  void aValueThatMakesNoSenseStopsTheStartWithItsName(String property) {
    this.runner
        .withPropertyValues(property)
        .run(
            context ->
                assertThat(causes(context.getStartupFailure()))
                    .anyMatch(
                        cause ->
                            cause instanceof InvalidConfigurationPropertyValueException invalid
                                && property.startsWith(invalid.getName() + "=")));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }
}
