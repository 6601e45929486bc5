package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.client.WasmModuleManager;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.boot.context.metrics.buffering.StartupTimeline.TimelineEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.metrics.StartupStep.Tag;

/** What {@code /actuator/startup} shows of modules. */
class ModuleLoadStepsTest {

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(WasmAutoConfiguration.class)
  static class Application {}

  private final BufferingApplicationStartup startup = new BufferingApplicationStartup(10_000);

  private ConfigurableApplicationContext start(String... properties) {
    SpringApplication application = new SpringApplication(Application.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setApplicationStartup(this.startup);
    return application.run(properties);
  }

  private List<TimelineEvent> steps() {
    return this.startup.getBufferedTimeline().getEvents().stream()
        .filter(event -> event.getStartupStep().getName().equals("wasm.module.load"))
        .toList();
  }

  private static Map<String, String> tags(TimelineEvent step) {
    return StreamSupport.stream(step.getStartupStep().getTags().spliterator(), false)
        .collect(Collectors.toMap(Tag::getKey, Tag::getValue));
  }

  @Test
  void aModuleThatIsLoadedAheadIsAStep() {
    try (var context =
        start(
            "--wasm.modules.calc.location=classpath:wasm/calc.wasm",
            "--wasm.modules.calc.load=eager")) {
      assertThat(context.isRunning()).isTrue();
      assertThat(steps()).hasSize(1);
      TimelineEvent step = steps().get(0);
      assertThat(tags(step))
          .containsEntry("module", "calc")
          .containsEntry("version", "1.0.0")
          .containsEntry("outcome", "SUCCESS")
          .hasEntrySatisfying("engine", engine -> assertThat(engine).startsWith("jvm"))
          .hasEntrySatisfying("thread", thread -> assertThat(thread).startsWith("wasm-loader-"));
      assertThat(step.getDuration()).isPositive();
    }
  }

  @Test
  void oneThatFailsSaysWhy() {
    assertThatThrownBy(
        () ->
            start(
                "--wasm.modules.lost.location=classpath:wasm/there-is-none.wasm",
                "--wasm.modules.lost.load=eager"));
    assertThat(steps())
        .singleElement()
        .satisfies(step -> assertThat(tags(step)).containsEntry("outcome", "LOAD"));
  }

  @Test
  void oneThatIsLoadedLaterIsAStepOfTheThreadThatNeedsIt() {
    try (var context = start("--wasm.modules.calc.location=classpath:wasm/calc.wasm")) {
      assertThat(steps()).isEmpty();
      assertThat(context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2)).isEqualTo(3);
      assertThat(steps())
          .singleElement()
          .satisfies(
              step ->
                  assertThat(tags(step)).containsEntry("thread", Thread.currentThread().getName()));
    }
  }

  @Test
  void nothingIsKeptWithoutARecorder() {
    try (var context =
        new SpringApplication(Application.class) {
          {
            setWebApplicationType(WebApplicationType.NONE);
          }
        }.run(
            "--wasm.modules.calc.location=classpath:wasm/calc.wasm",
            "--wasm.modules.calc.load=eager")) {
      assertThat(context.getBean(WasmModuleManager.class).status("calc")).hasSize(1);
    }
    assertThat(steps()).isEmpty();
  }
}
