package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmDebugMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Whose calls are logged, as properties say it. */
class DebugPropertiesTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  private static WasmDebugMode mode(WasmModuleManager manager) {
    return manager.registry().get("calc", "*").settings().debug();
  }

  @Test
  void isOffUnlessSomebodyAsks() {
    this.runner.run(
        context ->
            assertThat(mode(context.getBean(WasmModuleManager.class)))
                .isEqualTo(WasmDebugMode.OFF));
  }

  @ParameterizedTest
  @CsvSource({
    "wasm.defaults.debug=on, ON",
    "wasm.modules.calc.debug=on, ON",
    "wasm.modules.calc.debug=true, ON",
    "wasm.modules.calc.debug=false, OFF",
    "wasm.modules.calc.debug=contents, CONTENTS"
  })
  void whatItMayBe(String property, WasmDebugMode mode) {
    this.runner
        .withPropertyValues(property)
        .run(context -> assertThat(mode(context.getBean(WasmModuleManager.class))).isEqualTo(mode));
  }

  @Test
  void aModuleHasTheLastWord() {
    this.runner
        .withPropertyValues("wasm.defaults.debug=contents", "wasm.modules.calc.debug=off")
        .run(
            context ->
                assertThat(mode(context.getBean(WasmModuleManager.class)))
                    .isEqualTo(WasmDebugMode.OFF));
  }

  @Test
  void callsAreLoggedAtInfo() {
    Logger logger = (Logger) LoggerFactory.getLogger("io.github.wasmspring.calls");
    Level before = logger.getLevel();
    logger.setLevel(Level.INFO);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      this.runner
          .withPropertyValues("wasm.modules.calc.debug=on")
          .run(context -> context.getBean(WasmModuleManager.class).bind(Calc.class).echo("secret"));
    } finally {
      logger.detachAppender(log);
      logger.setLevel(before);
    }
    assertThat(log.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.INFO);
              assertThat(line.getFormattedMessage())
                  .startsWith("calc 1.0.0 echo(6 characters) answered 6 characters after ")
                  .doesNotContain("secret");
            });
  }
}
