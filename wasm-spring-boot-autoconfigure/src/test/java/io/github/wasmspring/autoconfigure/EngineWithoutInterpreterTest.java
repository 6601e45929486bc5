package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What modes mean to the engine jvm, which compiles functions when they are first called. */
class EngineWithoutInterpreterTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  @ParameterizedTest
  @CsvSource({
    "compiled, its engine compiles functions when they are first called",
    "by-use, its engine compiles functions when they are first called",
    "eager, all of it was compiled when it was loaded",
    "tiered, 'functions are compiled when they are first called, and the others in the background'",
    "interpreter, its engine has no interpreter"
  })
  void modes(String mode, String reason) {
    this.runner
        .withPropertyValues("wasm.modules.calc.engine=" + mode)
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              assertThat(manager.bind(Calc.class).add(1, 2)).isEqualTo(3);
              WasmModuleStatus status = manager.status("calc").get(0);
              assertThat(status.engine()).isEqualTo("jvm-compiled");
              assertThat(status.tier().reason()).isEqualTo(reason);
            });
  }
}
