package io.github.wasmspring.autoconfigure.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmFallback;
import io.github.wasmspring.WasmFallbackNeeds;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.scan.hosts.Host;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

class ModuleClassTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class));

  private final ApplicationContextRunner scanned = this.runner.withUserConfiguration(Scan.class);

  @Test
  void allTypesCrossInBothDirections() {
    this.scanned.run(
        context -> {
          Host host = context.getBean(Host.class);
          assertThat(host.mix(true, -3, 1L << 40, 0.5f, 0.25)).isEqualTo(997.75 + (1L << 40));
          assertThat(host.mix(false, 1, -2, -0.5f, 0)).isEqualTo(-1.5);
          assertThat(host.isEven(4)).isTrue();
          assertThat(host.isEven(-3)).isFalse();
          assertThat(host.half(-3f)).isEqualTo(-1.5f);
          assertThat(host.negate(Long.MAX_VALUE)).isEqualTo(-Long.MAX_VALUE);
        });
  }

  @Test
  void theCallerGivesAccessToTheMemory() {
    this.scanned.run(
        context -> assertThat(context.getBean(Host.class).peek(8)).isEqualTo((int) 'w'));
  }

  @Test
  void aFallbackAnswersWhenAHostFunctionFails() {
    this.scanned.run(
        context -> {
          assertThat(context.getBean(Host.class).peek(-5)).isEqualTo(5);
          assertThat(
                  context
                      .getBean(WasmModuleManager.class)
                      .execute("host", "peek", -5)
                      .failure()
                      .category())
              .isEqualTo(WasmErrorCategory.HOST_FUNCTION);
        });
  }

  @Test
  void theModuleIsWhatTheAnnotationSays() {
    this.scanned.run(
        context -> {
          WasmModuleDescriptor module =
              context.getBean(WasmModuleManager.class).registry().get("host", "*");
          assertThat(module.version()).isEqualTo("1.2.0");
          assertThat(module.location()).isEqualTo("classpath:wasm/host.wasm");
          assertThat(module.fallbacks()).containsOnlyKeys("peek");
          assertThat(module.imports()).hasSize(5);
        });
  }

  @Test
  void propertiesOverrideWhatTheAnnotationSays() {
    this.scanned
        .withPropertyValues("wasm.modules.host.version=9.9.9", "wasm.modules.host.pool.max=1")
        .run(
            context -> {
              WasmModuleDescriptor module =
                  context.getBean(WasmModuleManager.class).registry().get("host", "*");
              assertThat(module.version()).isEqualTo("9.9.9");
              assertThat(module.settings().pool().max()).isOne();
              assertThat(context.getBean(Host.class).isEven(2)).isTrue();
            });
  }

  @Test
  void aClassWithoutLocationAddsToAModuleOfTheProperties() {
    this.runner
        .withPropertyValues("wasm.modules.needs-import.location=classpath:wasm/needs-import.wasm")
        .withBean(Logging.class)
        .run(
            context -> {
              assertThat(run(context.getBean(WasmModuleManager.class))).isEqualTo(42);
              assertThat(context.getBean(Logging.class).seen).containsExactly(41, 7);
            });
  }

  private static int run(WasmModuleManager manager) {
    return manager
        .module("needs-import")
        .operation("run")
        .arguments(41)
        .retrieve(Integer.class)
        .value();
  }

  @Test
  void aBeanOfTheUsersOwnIsUsedAndNotASecondOne() {
    Class<?> type =
        ClassUtils.resolveClassName(Host.class.getPackageName() + ".HostFunctions", null);
    this.scanned.run(context -> assertThat(context).getBeanNames(type).hasSize(1));
    this.scanned
        .withBean("mine", type)
        .run(
            context -> {
              assertThat(context).getBeanNames(type).containsExactly("mine");
              assertThat(context.getBean(Host.class).isEven(2)).isTrue();
            });
  }

  @Test
  void aFallbackThatDoesNotFitItsOperationStopsTheStart() {
    doesNotStart(FewArguments.class, "takes 1 arguments, not 2", "int add(int first, int second)");
    doesNotStart(TextArgument.class, "takes a java.lang.String as argument 2, which is a int");
    doesNotStart(TextAnswer.class, "does not return a int");
  }

  @Test
  void aFallbackForNoOperationStopsTheStart() {
    doesNotStart(Misspelled.class, "for the operation 'addd'", "'calc' does not have");
  }

  private void doesNotStart(Class<?> fallbacks, String... words) {
    this.runner
        .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm")
        .withBean(fallbacks)
        .withUserConfiguration(Sums.class)
        .run(
            context -> {
              assertThat(context).hasFailed();
              for (String word : words) {
                assertThat(context.getStartupFailure()).hasStackTraceContaining(word);
              }
            });
  }

  @Test
  void aFallbackMayBeForWhatAnInterfaceCallsIt() {
    this.runner
        .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm")
        .withBean(NamedByInterface.class)
        .withUserConfiguration(Sums.class)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void aFallbackThatTakesOtherArgumentsSaysSo() {
    this.runner
        .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm")
        .withBean(WrongFallback.class)
        .run(
            context ->
                assertThatThrownBy(
                        () ->
                            context.getBean(WasmModuleManager.class).execute("calc", "trap", null))
                    .isInstanceOf(WasmExecutionException.class)
                    .hasMessageContaining("takes 1 arguments, but the operation has 0"));
  }

  @Test
  void aTypeThatWebAssemblyDoesNotHaveStopsTheStart() {
    fails(WrongType.class, "has the type java.lang.String, which WebAssembly can't pass");
  }

  @Test
  void twoFallbacksForOneOperationStopTheStart() {
    fails(TwoFallbacks.class, "has two @WasmFallback methods for the operation 'add'");
  }

  @Test
  void aFallbackWithoutItsLibraryIsNone() {
    this.runner
        .withBean(NeedyFallback.class)
        .withPropertyValues(
            "wasm.modules.calc.location=classpath:wasm/calc.wasm", "wasm.execution.mode=java")
        .run(
            context ->
                assertThatThrownBy(
                        () ->
                            context
                                .getBean(WasmModuleManager.class)
                                .module("calc")
                                .operation("add")
                                .arguments(1, 2)
                                .retrieve(int.class))
                    .hasMessageContaining("needs the library org.example:adders"));
  }

  @Test
  void aClassThatNamesNoModuleStopsTheStart() {
    fails(Nameless.class, "names no module");
  }

  @Test
  void aClassForAModuleThatNobodyBringsStopsTheStart() {
    fails(Logging.class, "adds methods to it and says no location");
  }

  private void fails(Class<?> type, String message) {
    this.runner
        .withBean(type)
        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(message));
  }

  @Configuration(proxyBeanMethods = false)
  @WasmModuleScan(basePackageClasses = Host.class)
  static class Scan {}

  @WasmModule("needs-import")
  static class Logging {

    private final List<Integer> seen = new ArrayList<>();

    @WasmImport
    void logAll(int first, int second) {
      this.seen.addAll(List.of(first, second));
    }
  }

  @WasmModule("calc")
  interface Sum {

    int add(int first, int second);

    @WasmExport("add")
    int plus(int first, int second);
  }

  @Configuration(proxyBeanMethods = false)
  static class Sums {

    @Bean
    Sum sum(WasmModuleManager manager) {
      return manager.bind(Sum.class);
    }
  }

  @WasmModule("calc")
  static class FewArguments {

    @WasmFallback
    int add(int number) {
      return number;
    }
  }

  @WasmModule("calc")
  static class NeedyFallback {

    @WasmFallback
    @WasmFallbackNeeds(value = "org.example:adders", type = "org.example.Adder")
    int add(int first, int second) {
      throw new AssertionError("asked without its library");
    }
  }

  @WasmModule("calc")
  static class TextArgument {

    @WasmFallback
    int add(long first, String second) {
      return 0;
    }
  }

  @WasmModule("calc")
  static class TextAnswer {

    @WasmFallback
    String add(int first, int second) {
      return "";
    }
  }

  @WasmModule("calc")
  static class Misspelled {

    @WasmFallback
    int addd(int first, int second) {
      return first + second;
    }
  }

  @WasmModule("calc")
  static class NamedByInterface {

    @WasmFallback
    int plus(int first, int second) {
      return first + second;
    }
  }

  @WasmModule("calc")
  static class WrongFallback {

    @WasmFallback
    int trap(int number) {
      return number;
    }
  }

  @WasmModule(id = "calc", location = "classpath:wasm/calc.wasm")
  static class WrongType {

    @WasmImport
    void log(String text) {}
  }

  @WasmModule(id = "calc", location = "classpath:wasm/calc.wasm")
  static class TwoFallbacks {

    @WasmFallback
    int add(int a, int b) {
      return a + b;
    }

    @WasmFallback("add")
    int addUp(int a, int b) {
      return a + b;
    }
  }

  @WasmModule
  static class Nameless {}
}
