package io.github.wasmspring.autoconfigure.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.scan.hosts.Host;
import io.github.wasmspring.autoconfigure.scan.interfaces.ScannedCalc;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class WasmModuleScanTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  @Test
  void interfacesInThePackagesOfTheApplicationAreBeans() {
    this.runner
        .withUserConfiguration(Application.class)
        .withBean(ScannedCalc.User.class)
        .run(
            context -> {
              assertThat(context).hasSingleBean(ScannedCalc.adder());
              assertThat(context.getBean(ScannedCalc.User.class).twice(21)).isEqualTo(42);
            });
  }

  @Test
  void conditionsOfAnInterfaceAreRespected() {
    this.runner
        .withUserConfiguration(Application.class)
        .run(context -> assertThat(context).doesNotHaveBean(ScannedCalc.ofAnotherProfile()));
    this.runner
        .withUserConfiguration(Application.class)
        .withPropertyValues("spring.profiles.active=other")
        .run(context -> assertThat(context).hasSingleBean(ScannedCalc.ofAnotherProfile()));
  }

  @Test
  void anInterfaceGivesWayToABeanOfTheUsersOwn() {
    this.runner
        .withUserConfiguration(Application.class)
        .withBean(ScannedCalc.OwnAdder.class)
        .run(
            context -> {
              assertThat(context).hasSingleBean(ScannedCalc.adder());
              assertThat(ScannedCalc.add(context.getBean(ScannedCalc.adder()), 1, 2)).isEqualTo(-1);
            });
  }

  @Test
  void nothingIsScannedWithoutPackages() {
    this.runner.run(context -> assertThat(context).doesNotHaveBean(ScannedCalc.adder()));
  }

  @Test
  void anExplicitScanReplacesThePackagesOfTheApplication() {
    this.runner
        .withUserConfiguration(Application.class, ExplicitScan.class)
        .withAllowCircularReferences(false)
        .run(
            context -> {
              assertThat(context).hasSingleBean(Host.class);
              assertThat(context).doesNotHaveBean(ScannedCalc.adder());
            });
  }

  @Test
  void explicitScansAddUp() {
    this.runner
        .withUserConfiguration(TwoScans.class)
        .run(
            context ->
                assertThat(context).hasSingleBean(Host.class).hasSingleBean(ScannedCalc.adder()));
  }

  @Test
  void anInterfaceThatDoesNotFitItsModuleStopsTheStart() {
    this.runner
        .withUserConfiguration(Application.class)
        .withPropertyValues("wasm.modules.calc.location=classpath:wasm/needs-import.wasm")
        .run(context -> assertThat(context).hasFailed());
  }

  @Configuration(proxyBeanMethods = false)
  @AutoConfigurationPackage(basePackages = "io.github.wasmspring.autoconfigure.scan.interfaces")
  static class Application {}

  @Configuration(proxyBeanMethods = false)
  @WasmModuleScan(basePackageClasses = Host.class)
  static class ExplicitScan {}

  @Configuration(proxyBeanMethods = false)
  @WasmModuleScan(basePackageClasses = Host.class)
  @WasmModuleScan("io.github.wasmspring.autoconfigure.scan.interfaces")
  static class TwoScans {}
}
