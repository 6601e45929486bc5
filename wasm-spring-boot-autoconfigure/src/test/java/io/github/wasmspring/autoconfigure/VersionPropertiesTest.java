package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmModuleRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Several versions of one module, side by side. */
class VersionPropertiesTest {

  /** Of any version, as nobody says which. */
  @WasmModule("mathlib")
  public interface AnyMath {
    int percent(int amount, int percent);
  }

  /** Stays with what it was written for. */
  @WasmModule(value = "mathlib", version = "^1.0")
  public interface OldMath {
    int percent(int amount, int percent);
  }

  @Configuration(proxyBeanMethods = false)
  static class BindAll {

    @Bean
    AnyMath anyMath(WasmModuleManager manager) {
      return manager.bind(AnyMath.class);
    }
  }

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues(
              "wasm.modules.mathlib.description=Calculates",
              "wasm.modules.mathlib.limits.timeout=3s",
              "wasm.modules.mathlib.versions[1.4.0].location=classpath:wasm/mathlib.wasm",
              "wasm.modules.mathlib.versions[1.4.0].limits.timeout=1s",
              "wasm.modules.mathlib.versions[2.0.0].location=classpath:wasm/mathlib-2.wasm");

  private static int percent(WasmModuleManager manager, String range) {
    return manager
        .module("mathlib", range)
        .operation("percent")
        .arguments(250, 19)
        .<Integer>retrieve(int.class)
        .value();
  }

  private static WasmModuleDescriptor get(BeanFactory context, String range) {
    return context.getBean(WasmModuleRegistry.class).get("mathlib", range);
  }

  @Test
  void eachAnswersForItself() {
    this.runner.run(
        context -> {
          WasmModuleManager manager = context.getBean(WasmModuleManager.class);

          assertThat(percent(manager, "1.4.0")).isEqualTo(47);
          assertThat(percent(manager, "^2")).isEqualTo(48);
          assertThat(percent(manager, "*")).as("the newest").isEqualTo(48);
        });
  }

  @Test
  void eachHasSettingsOfItsOwnAndThoseOfTheModule() {
    this.runner.run(
        context -> {
          assertThat(get(context, "1.4.0").settings().limits().timeout())
              .isEqualTo(Duration.ofSeconds(1));
          assertThat(get(context, "2.0.0").settings().limits().timeout())
              .isEqualTo(Duration.ofSeconds(3));
          assertThat(get(context, "1.4.0").description()).isEqualTo("Calculates");
        });
  }

  @Test
  void theDefaultVersionIsForThoseWhoAskForNone() {
    this.runner
        .withUserConfiguration(BindAll.class)
        .withPropertyValues("wasm.modules.mathlib.default-version=^1")
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);

              assertThat(percent(manager, "*")).isEqualTo(47);
              assertThat(manager.<Integer>execute("mathlib", "percent", 250).source())
                  .isEqualTo(WasmSource.WASM);
              assertThat(context.getBean(AnyMath.class).percent(250, 19)).isEqualTo(47);
              assertThat(percent(manager, "^2")).isEqualTo(48);
            });
  }

  @Test
  void interfacesSayWhichVersionsWillDo() {
    this.runner.run(
        context -> {
          WasmModuleManager manager = context.getBean(WasmModuleManager.class);

          assertThat(manager.bind(OldMath.class).percent(250, 19)).isEqualTo(47);
          assertThat(manager.bind(AnyMath.class).percent(250, 19)).isEqualTo(48);
        });
  }

  @Test
  void operationsActOnOneVersion() {
    this.runner.run(
        context -> {
          WasmModuleManager manager = context.getBean(WasmModuleManager.class);
          percent(manager, "1.4.0");
          percent(manager, "2.0.0");

          manager.evict("mathlib", "^1");

          assertThat(manager.status("mathlib"))
              .extracting(status -> status.version() + " " + status.state())
              .containsExactly("2.0.0 READY", "1.4.0 REGISTERED");
        });
  }

  @Test
  void aProvidedVersionNeedsNoLocation() {
    this.runner
        .withPropertyValues("wasm.modules.provided.versions[2.1.0].limits.timeout=700ms")
        .run(
            context ->
                assertThat(
                        context
                            .getBean(WasmModuleRegistry.class)
                            .get("provided", "*")
                            .settings()
                            .limits()
                            .timeout())
                    .isEqualTo(Duration.ofMillis(700)));
  }

  @Test
  void aVersionThatNobodyBringsNeedsALocation() {
    this.runner
        .withPropertyValues("wasm.modules.mathlib.versions[3.0.0].limits.timeout=700ms")
        .run(context -> assertFails(context, "wasm.modules.mathlib.versions[3.0.0].location"));
  }

  @Test
  void aVersionIsASemanticOne() {
    this.runner
        .withPropertyValues("wasm.modules.mathlib.versions[newest].location=classpath:x.wasm")
        .run(context -> assertFails(context, "wasm.modules.mathlib.versions[newest]"));
  }

  @Test
  void aDefaultVersionHasToBeThere() {
    this.runner
        .withPropertyValues("wasm.modules.mathlib.default-version=^7")
        .run(
            context -> {
              assertFails(context, "wasm.modules.mathlib.default-version");
              assertFails(context, "registered are only 2.0.0, 1.4.0");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "digest, sha256:c0703b5a235a3acb9277ca183985f364ec431b7f9ce80e6ce1614ae9183a2829",
    "signature, classpath:wasm/mathlib.minisig",
    "compiled-class, com.example.Mathlib"
  })
  void whatIsOfOneVersionIsNotSaidOfAll(String property, String value) {
    this.runner
        .withPropertyValues("wasm.modules.mathlib.%s=%s".formatted(property, value))
        .run(
            context -> {
              assertFails(context, "wasm.modules.mathlib." + property);
              assertFails(context, "wasm.modules.mathlib.versions[1.4.0]." + property);
            });
  }

  @Test
  void whatIsOfOneVersionMayBeSaidOfTheModulesOwn() {
    this.runner
        .withPropertyValues(
            "wasm.modules.mathlib.version=3.0.0",
            "wasm.modules.mathlib.location=classpath:wasm/mathlib.wasm",
            "wasm.modules.mathlib.digest=" + TestModuleProvider.DIGEST)
        .run(
            context -> {
              assertThat(get(context, "3.0.0").digest()).isEqualTo(TestModuleProvider.DIGEST);
              assertThat(get(context, "1.4.0").digest()).isNull();
            });
  }

  /** Brings two versions of a module. */
  @Configuration(proxyBeanMethods = false)
  static class TwoVersions {

    @Bean
    WasmModuleProvider twoVersions() {
      return () -> List.of(version("1.0.0"), version("2.0.0"));
    }

    private static WasmModuleDescriptor version(String version) {
      return WasmModuleDescriptor.builder("two")
          .version(version)
          .location("classpath:wasm/prices.wasm")
          .description("As the provider says")
          .build();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wasm.modules.two.versions[2.0.0].limits.timeout=1s"})
  void whatIsSaidOfAllVersionsHoldsForThoseOfAProvider(String listed) {
    this.runner
        .withUserConfiguration(TwoVersions.class)
        .withPropertyValues(
            "wasm.modules.two.description=As the application says",
            "wasm.modules.two.convention=scalar",
            "wasm.modules.two.tags=said",
            "wasm.modules.two.dependencies.mathlib=^1",
            "wasm.modules.two.links.arithmetic=mathlib")
        .withPropertyValues(listed.isEmpty() ? new String[0] : new String[] {listed})
        .run(
            context ->
                assertThat(context.getBean(WasmModuleRegistry.class).versions("two"))
                    .hasSize(2)
                    .allSatisfy(
                        version -> {
                          assertThat(version.description()).isEqualTo("As the application says");
                          assertThat(version.convention()).isEqualTo("scalar");
                          assertThat(version.tags()).contains("said");
                          assertThat(version.dependencies()).containsEntry("mathlib", "^1");
                          assertThat(version.links()).containsEntry("arithmetic", "mathlib");
                        }));
  }

  @Test
  void whatAVersionSaysItselfComesOverThat() {
    this.runner
        .withUserConfiguration(TwoVersions.class)
        .withPropertyValues(
            "wasm.modules.two.dependencies.mathlib=^1",
            "wasm.modules.two.versions[2.0.0].dependencies.mathlib=^2")
        .run(
            context -> {
              WasmModuleRegistry registry = context.getBean(WasmModuleRegistry.class);
              assertThat(registry.get("two", "^1").dependencies()).containsEntry("mathlib", "^1");
              assertThat(registry.get("two", "^2").dependencies()).containsEntry("mathlib", "^2");
            });
  }

  @Test
  void linksOfTheModuleMayNameDependenciesOfItsVersions() {
    this.runner
        .withPropertyValues(
            "wasm.modules.linked.links.arithmetic=mathlib",
            "wasm.modules.linked.versions[1.0.0].location=classpath:wasm/prices.wasm",
            "wasm.modules.linked.versions[1.0.0].dependencies.mathlib=^1")
        .run(
            context ->
                assertThat(context.getBean(WasmModuleRegistry.class).get("linked", "*").links())
                    .containsEntry("arithmetic", "mathlib"));
  }

  @Test
  void linksOfTheModuleThatAVersionHasNoDependencyForStopTheStart() {
    this.runner
        .withPropertyValues(
            "wasm.modules.linked.links.arithmetic=mathlib",
            "wasm.modules.linked.versions[1.0.0].location=classpath:wasm/prices.wasm")
        .run(context -> assertFails(context, "wasm.modules.linked.links"));
  }

  private static void assertFails(AssertableApplicationContext context, String text) {
    assertThatThrownBy(() -> context.getBean(WasmModuleManager.class))
        .hasStackTraceContaining(text);
  }
}
