package io.github.wasmspring.autoconfigure.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.autoconfigure.TestModuleProvider;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.scan.marked.habits.Adders;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** What components may have, marked types may have as well. */
class SpringHabitsTest {

  private final ApplicationContextRunner bare =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues(
              "host.version=1.5.0",
              "wasm.modules.calc.location=classpath:wasm/calc.wasm",
              "wasm.modules.needs-import.location=classpath:wasm/needs-import.wasm");

  private final ApplicationContextRunner runner = this.bare.withUserConfiguration(Marked.class);

  @Test
  void aLazyInterfaceIsBoundWhenItIsAskedFor() {
    this.runner.run(
        context -> {
          assertThat(context).hasNotFailed();
          assertThatThrownBy(() -> context.getBean(Adders.LazyAdder.class))
              .rootCause()
              .hasMessageContaining("module 'nowhere': no such module is registered");
        });
  }

  @Test
  void aLazyPlaceOfInjectionWaitsForTheFirstCall() {
    this.bare
        .withUserConfiguration(Scanned.class, LazyPlace.class)
        .withPropertyValues("wasm.modules.calc.location=classpath:wasm/needs-import.wasm")
        .withInitializer(SpringHabitsTest::lazyInitialization)
        .run(
            context -> {
              LazyUser user = context.getBean(LazyUser.class);
              assertThatThrownBy(() -> user.adder().add(1, 2))
                  .hasRootCauseInstanceOf(WasmLinkException.class);
            });
  }

  @Test
  void lazyInitializationOfTheApplicationCountsForInterfaces() {
    ApplicationContextRunner wrong =
        this.runner.withPropertyValues(
            "wasm.modules.calc.location=classpath:wasm/needs-import.wasm");
    wrong.run(context -> assertThat(context).hasFailed());
    wrong
        .withInitializer(SpringHabitsTest::lazyInitialization)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThatThrownBy(() -> context.getBean(Adders.EagerAdder.class))
                  .hasRootCauseInstanceOf(WasmLinkException.class);
            });
  }

  private static void lazyInitialization(ConfigurableApplicationContext context) {
    context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
  }

  @Test
  void thePrimaryInterfaceIsTaken() {
    this.runner.run(
        context -> {
          assertThat(context.getBean(Adders.Adder.class)).isInstanceOf(Adders.PrimaryAdder.class);
          assertThat(
                  context
                      .getBeanFactory()
                      .getBeanDefinition("adders.PrimaryAdder")
                      .getDescription())
              .isEqualTo("The one to take");
        });
  }

  @Test
  void aQualifierOfAnInterfaceTellsItFromOthers() {
    this.runner
        .withBean(QualifiedUser.class)
        .run(
            context ->
                assertThat(context.getBean(QualifiedUser.class).adder)
                    .isInstanceOf(Adders.EagerAdder.class));
  }

  @Test
  void anInterfaceHasTheScopeThatItSays() {
    this.runner.run(
        context ->
            assertThat(context.getBean(Adders.PrototypeAdder.class))
                .isNotSameAs(context.getBean(Adders.PrototypeAdder.class)));
  }

  @Test
  void aClassBehindAScopedProxyIsOneModuleClass() {
    this.runner.run(
        context -> {
          WasmModuleDescriptor module =
              context.getBean(WasmModuleManager.class).registry().get("needs-import", "*");
          assertThat(module.imports()).hasSize(1);
          assertThat(ModuleClasses.of(context.getBeanFactory()))
              .filteredOn(type -> type.id().equals("needs-import"))
              .hasSize(1);
        });
  }

  @Test
  void anInterfaceThatExtendsAnotherDoesNotStandInForIt() {
    this.runner.run(
        context -> {
          assertThat(context).hasBean("adders.ZeroAdder").hasBean("adders.BaseOfTwo");
          assertThat(context.getBean("adders.ZeroAdder")).isNotInstanceOf(Adders.BaseOfTwo.class);
        });
  }

  @Test
  void placeholdersOfAnInterfaceAreResolved() {
    this.runner
        .withPropertyValues(
            "adder.module=other",
            "adder.version=^2",
            "wasm.modules.other.location=classpath:wasm/calc.wasm",
            "wasm.modules.other.version=2.3.0")
        .run(
            context ->
                assertThat(context.getBean(Adders.PrimaryAdder.class))
                    .hasToString(
                        Adders.PrimaryAdder.class.getName() + " bound to module other 2.3.0"));
  }

  @Test
  void placeholdersOfAClassAreResolved() {
    this.runner.run(
        context -> {
          WasmModuleDescriptor module =
              context.getBean(WasmModuleManager.class).registry().get("placed", "*");
          assertThat(module.version()).isEqualTo("1.5.0");
          assertThat(module.location()).isEqualTo("classpath:wasm/host.wasm");
          assertThat(module.digest()).isNull();
        });
  }

  @Test
  void aPlaceholderThatNobodyKnowsStopsTheStart() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
        .withUserConfiguration(Marked.class)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(WasmModuleDefinitionException.class)
                    .hasMessageContaining(
                        "The version in the @WasmModule of " + Adders.class.getName() + "$Placed")
                    .hasMessageContaining("'host.version'"));
  }

  @Test
  void anIdThatComesOutEmptyStopsTheStart() {
    this.runner
        .withPropertyValues("adder.module=")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining(
                        "names no module: the id '${adder.module:calc}' is empty"));
  }

  @Test
  void aRecordIsAClassAsAnyOther() {
    this.runner.run(
        context -> {
          WasmModuleManager manager = context.getBean(WasmModuleManager.class);
          assertThat(
                  manager
                      .module("of-a-record")
                      .operation("add")
                      .arguments(1, 2)
                      .retrieve(Integer.class)
                      .value())
              .isEqualTo(3);
          assertThat(context.getBean(WasmHostFunctionLibrary.class).find("recorded", "twice"))
              .isNotNull();
        });
  }

  @ParameterizedTest
  @CsvSource({
    "abstractclass.AbstractModule, WasmModule, an abstract class can't be a bean",
    "innerclass.Outer$InnerModule, WasmModule, an inner class can't be a bean",
    "enumeration.EnumModule, WasmModule, an enum can't be a bean",
    "annotation.MarkerOfOnesOwn, WasmModule, an annotation can't be a bean",
    "hosts.HostInterface, WasmHostFunctions, an interface has no methods of its own to offer"
  })
  void aMarkedTypeThatCanNotBeABeanStopsTheStart(String type, String marker, String why) {
    String name = SpringHabitsTest.class.getPackageName() + ".marked.unfit." + type;
    String folder = type.substring(0, type.indexOf('.'));
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
        .withInitializer(
            context ->
                AutoConfigurationPackages.register(
                    (BeanDefinitionRegistry) context.getBeanFactory(),
                    SpringHabitsTest.class.getPackageName() + ".marked.unfit." + folder))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .isInstanceOf(WasmModuleDefinitionException.class)
                    .hasMessageStartingWith(
                        "%s is marked with @%s, and %s".formatted(name, marker, why))
                    .hasMessageContaining(".class]"));
  }

  @Test
  void ambiguousBeansSayWhereTheyAreDefined() {
    this.bare
        .withUserConfiguration(Scanned.class)
        .withInitializer(SpringHabitsTest::lazyInitialization)
        .withBean(AmbiguousUser.class)
        .run(
            context ->
                assertThatThrownBy(() -> context.getBean(AmbiguousUser.class))
                    .satisfies(
                        failure ->
                            assertThat(explain(failure, context.getBeanFactory()))
                                .containsPattern(
                                    "scannedCalc.Adder: defined in file \\[.*ScannedCalc\\$Adder.class]")
                                .contains(
                                    "provided: defined in module 'provided 2.1.0' of "
                                        + TestModuleProvider.class.getName())));
  }

  private static String explain(Throwable failure, BeanFactory beanFactory) {
    return SpringFactoriesLoader.forDefaultResourceLocation()
        .load(
            FailureAnalyzer.class,
            ArgumentResolver.of(BeanFactory.class, beanFactory),
            FailureHandler.handleMessage((message, unfit) -> {}))
        .stream()
        .map(analyzer -> analyzer.analyze(failure))
        .filter(Objects::nonNull)
        .map(FailureAnalysis::getDescription)
        .collect(Collectors.joining());
  }

  @Configuration(proxyBeanMethods = false)
  @AutoConfigurationPackage(basePackages = "io.github.wasmspring.autoconfigure.scan.marked.habits")
  static class Marked {}

  @Configuration(proxyBeanMethods = false)
  @AutoConfigurationPackage(basePackages = "io.github.wasmspring.autoconfigure.scan.interfaces")
  static class Scanned {}

  record LazyUser(Adders.EagerAdder adder) {}

  record QualifiedUser(@Qualifier("eager") Adders.Adder adder) {}

  record AmbiguousUser(Object moduleOrNot) {}

  @Configuration(proxyBeanMethods = false)
  @AutoConfigurationPackage(basePackages = "io.github.wasmspring.autoconfigure.scan.marked.habits")
  static class LazyPlace {

    @Bean
    @Lazy(false)
    LazyUser lazyUser(@Lazy Adders.EagerAdder adder) {
      return new LazyUser(adder);
    }
  }
}
