package io.github.wasmspring.autoconfigure.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunctions;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.scan.shared.SharedFunctions;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmImportDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class HostFunctionClassesTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues("wasm.modules.needy.location=classpath:wasm/needs-import.wasm");

  private static int run(WasmModuleManager manager) {
    return manager.module("needy").operation("run").arguments(41).retrieve(Integer.class).value();
  }

  @Test
  void aModuleGetsWhatItsPropertiesName() {
    this.runner
        .withBean(Logging.class)
        .withPropertyValues("wasm.modules.needy.imports=env.log_all")
        .run(
            context -> {
              assertThat(run(context.getBean(WasmModuleManager.class))).isEqualTo(42);
              assertThat(context.getBean(Logging.class).seen).containsExactly(41, 7);
              assertThat(
                      context
                          .getBean(WasmModuleManager.class)
                          .registry()
                          .get("needy", "*")
                          .settings()
                          .permissions()
                          .imports())
                  .containsExactly("env.log_all");
            });
  }

  @Test
  void withoutBeingNamedItGetsNothing() {
    this.runner
        .withBean(Logging.class)
        .run(
            context ->
                assertThatThrownBy(() -> run(context.getBean(WasmModuleManager.class)))
                    .isInstanceOf(WasmLinkException.class)
                    .hasMessageContaining("add 'env.log_all' to wasm.modules.needy.imports"));
  }

  @Test
  void whatTheDefaultsNameAModuleMayReplace() {
    ApplicationContextRunner open =
        this.runner.withBean(Logging.class).withPropertyValues("wasm.defaults.imports=env.*");
    open.run(context -> assertThat(run(context.getBean(WasmModuleManager.class))).isEqualTo(42));
    open.withPropertyValues("wasm.modules.needy.imports=app.other")
        .run(
            context ->
                assertThatThrownBy(() -> run(context.getBean(WasmModuleManager.class)))
                    .isInstanceOf(WasmLinkException.class));
  }

  @Test
  void aClassOfTheScannedPackagesIsFound() {
    this.runner
        .withUserConfiguration(Scan.class)
        .withPropertyValues("wasm.modules.needy.imports=env.log_all")
        .run(
            context -> {
              assertThat(context).hasSingleBean(SharedFunctions.class);
              assertThat(run(context.getBean(WasmModuleManager.class))).isEqualTo(42);
            });
  }

  @Test
  void aDefinitionMayBeABean() {
    List<Long> seen = new ArrayList<>();
    this.runner
        .withBean(
            WasmImportDefinition.class,
            () ->
                new WasmImportDefinition(
                    "env",
                    "log_all",
                    new WasmFunctionType(List.of(WasmValueType.I32, WasmValueType.I32), List.of()),
                    (caller, arguments) -> {
                      seen.add(arguments[0]);
                      return arguments;
                    }))
        .withPropertyValues("wasm.modules.needy.imports=env.log_all")
        .run(
            context -> {
              run(context.getBean(WasmModuleManager.class));
              assertThat(seen).containsExactly(41L);
            });
  }

  @Test
  void twoClassesThatOfferTheSameStopTheStart() {
    this.runner
        .withBean(Logging.class)
        .withBean(MoreLogging.class)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(WasmModuleDefinitionException.class)
                    .hasMessageContaining("'env.log_all'")
                    .hasMessageContaining("MoreLogging"));
  }

  @Configuration(proxyBeanMethods = false)
  @WasmModuleScan(basePackageClasses = SharedFunctions.class)
  static class Scan {}

  @WasmHostFunctions
  static class Logging {

    final List<Integer> seen = new ArrayList<>();

    @WasmImport
    void logAll(int first, int second) {
      this.seen.add(first);
      this.seen.add(second);
    }
  }

  @WasmHostFunctions
  static class MoreLogging {

    @WasmImport("log_all")
    static void log(int first, int second) {}
  }
}
