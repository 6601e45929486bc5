package io.github.wasmspring.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.autoconfigure.Calc;
import io.github.wasmspring.autoconfigure.Provided;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.fallback.WasmQuarantine;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WasmHealthContributorAutoConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmHealthContributorAutoConfiguration.class))
          .withPropertyValues(
              "wasm.modules.calc.location=classpath:wasm/calc.wasm",
              "wasm.modules.host.location=classpath:wasm/host.wasm");

  private static Health health(AssertableApplicationContext context, String module) {
    HealthContributor contributor =
        context.getBean(WasmHealthContributor.class).getContributor(module);
    assertThat(contributor).isInstanceOf(HealthIndicator.class);
    return ((HealthIndicator) contributor).health();
  }

  private static WasmModuleManager manager(AssertableApplicationContext context) {
    return context.getBean(WasmModuleManager.class);
  }

  private static List<String> entries(AssertableApplicationContext context) {
    return context.getBean(WasmHealthContributor.class).stream()
        .map(HealthContributors.Entry::name)
        .toList();
  }

  @Test
  void everyModuleOfTheApplicationHasAnEntry() {
    this.runner.run(
        context -> {
          manager(context)
              .registry()
              .register(
                  WasmModuleDescriptor.builder("own").location("classpath:wasm/calc.wasm").build());
          assertThat(entries(context)).containsExactly("calc", "host", "own");
        });
  }

  @Test
  void aModuleWithAnOperationInQuarantineIsUpAndSaysWhich() {
    this.runner
        .withPropertyValues("wasm.modules.calc.quarantine.failures=1")
        .run(
            context -> {
              assertThat(health(context, "calc").getDetails()).doesNotContainKey("quarantined");
              manager(context).bind(Calc.class).trap();

              Health health = health(context, "calc");
              assertThat(health.getStatus()).isEqualTo(Status.UP);
              assertThat(health.getDetails().get("quarantined"))
                  .asInstanceOf(list(WasmQuarantine.class))
                  .extracting(WasmQuarantine::operation, WasmQuarantine::category)
                  .containsExactly(tuple("trap", WasmErrorCategory.TRAP));

              manager(context).release("calc");
              assertThat(health(context, "calc").getDetails()).doesNotContainKey("quarantined");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wasm.modules.pro-vided.limits.memory=8MB",
        "wasm.modules.Provided.limits.memory=8MB"
      })
  void aModuleConfiguredUnderAnotherSpellingHasItsEntryUnderItsId(String property) {
    this.runner
        .withPropertyValues(property)
        .run(
            context -> {
              assertThat(entries(context)).containsExactly("calc", "host", "provided");
              assertThat(health(context, "provided").getStatus()).isEqualTo(Status.UP);
            });
  }

  @Test
  void aModuleThatALibraryOffersIsNotTouchedWhileNobodyUsesIt() {
    this.runner.run(
        context -> {
          Health health = health(context, "provided");
          assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
          assertThat(health.getDetails())
              .containsEntry("notRun", "the application does not use it");
          assertThat(manager(context).status("provided").get(0).state())
              .isEqualTo(WasmModuleState.REGISTERED);
        });
  }

  @Test
  void aModuleThatALibraryOffersHasAnEntryOnceItIsCalled() {
    this.runner.run(
        context -> {
          assertThat(entries(context)).doesNotContain("provided");
          manager(context).module("provided").operation("count").arguments().retrieve(int.class);
          manager(context).evict("provided");
          assertThat(entries(context)).contains("provided");
          assertThat(health(context, "provided").getStatus()).isEqualTo(Status.UP);
        });
  }

  @Test
  void aModuleThatALibraryOffersHasAnEntryOnceItIsInjected() {
    this.runner.run(
        context -> {
          context.getBean(Provided.class);
          assertThat(entries(context)).contains("provided");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"wasm.modules.provided.limits.memory=8MB", "wasm.modules.provided.load=eager"})
  void aModuleThatALibraryOffersHasAnEntryWhenItIsConfigured(String property) {
    this.runner
        .withPropertyValues(property)
        .run(context -> assertThat(entries(context)).contains("provided"));
  }

  @Test
  void aModuleThatIsLoadedAheadByDefaultHasAnEntry() {
    this.runner
        .withPropertyValues("wasm.modules.host.load=lazy", "wasm.defaults.load=prefetch")
        .run(context -> assertThat(entries(context)).contains("provided"));
  }

  @Test
  void aFailingModuleIsLoggedOnceAndWithoutAStack() {
    Logger all = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    Level before = all.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    all.setLevel(Level.WARN);
    all.addAppender(log);
    try {
      this.runner.run(
          context -> {
            for (int probe = 0; probe < 3; probe++) {
              assertThat(health(context, "host").getStatus()).isEqualTo(Status.DOWN);
            }
          });
    } finally {
      all.detachAppender(log);
      all.setLevel(before);
    }
    assertThat(log.list)
        .filteredOn(event -> event.getFormattedMessage().contains("'host'"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getFormattedMessage()).contains("is DOWN", "imports");
              assertThat(event.getThrowableProxy()).isNull();
            });
  }

  @Test
  void aModuleThatWorksIsUpBecauseItWasRun() {
    this.runner.run(
        context -> {
          assertThat(health(context, "calc").getStatus()).isEqualTo(Status.UP);
          assertThat(health(context, "calc").getDetails())
              .containsEntry("engine", "jvm-compiled")
              .containsEntry("version", "1.0.0");
          assertThat(manager(context).status("calc").get(0).state())
              .isEqualTo(WasmModuleState.READY);
          assertThat(manager(context).status("calc").get(0).pool().created()).isOne();
        });
  }

  @Test
  void aModuleThatCanNotBeInstantiatedIsDown() {
    this.runner.run(
        context -> {
          Health health = health(context, "host");
          assertThat(health.getStatus()).isEqualTo(Status.DOWN);
          assertThat(health.getDetails())
              .containsEntry("category", WasmErrorCategory.LINK)
              .extractingByKey("error")
              .asString()
              .contains("imports");
        });
  }

  @Test
  void aModuleOfWhichAllInstancesAreBusyIsUp() {
    this.runner
        .withPropertyValues("wasm.modules.calc.pool.max=1")
        .run(
            context -> {
              try (WasmSession held = manager(context).open("calc")) {
                assertThat(held.call("add", 1, 2)).containsExactly(3);
                assertThat(health(context, "calc").getStatus()).isEqualTo(Status.UP);
                assertThat(health(context, "calc").getDetails())
                    .containsEntry("busy", "all 1 instances are in use");
              }
            });
  }

  @Test
  void aDisabledModuleIsUnknownAndIsNotRun() {
    this.runner.run(
        context -> {
          manager(context).disable("calc");
          assertThat(health(context, "calc").getStatus()).isEqualTo(Status.UNKNOWN);
          assertThat(health(context, "calc").getDetails())
              .containsEntry("notRun", "the module is disabled: Java answers its calls");
          assertThat(manager(context).status("calc").get(0).pool().created()).isZero();
        });
  }

  @Test
  void aModuleThatOnlyJavaAnswersForIsUnknown() {
    this.runner
        .withPropertyValues("wasm.modules.calc.execution-mode=java")
        .run(
            context ->
                assertThat(health(context, "calc").getDetails())
                    .extractingByKey("notRun")
                    .asString()
                    .startsWith("the execution mode is java"));
  }

  @Test
  void switchedOffAltogetherSaysSo() {
    this.runner
        .withPropertyValues("wasm.enabled=false")
        .run(
            context -> {
              assertThat(health(context, "host").getStatus()).isEqualTo(Status.UNKNOWN);
              assertThat(health(context, "host").getDetails())
                  .containsEntry("notRun", "wasm.enabled is false: Java answers every call");
            });
  }

  @Test
  void modulesThatComeLaterHaveAnEntryAndThoseThatGoHaveNone() {
    this.runner.run(
        context -> {
          CompositeHealthContributor health = context.getBean(WasmHealthContributor.class);
          manager(context)
              .registry()
              .register(
                  WasmModuleDescriptor.builder("later")
                      .location("classpath:wasm/calc.wasm")
                      .build());
          assertThat(health(context, "later").getStatus()).isEqualTo(Status.UP);
          manager(context).registry().unregister("later", "1.0.0");
          assertThat(health.getContributor("later")).isNull();
          assertThat(health.stream()).noneMatch(entry -> entry.name().equals("later"));
        });
  }

  @Test
  void givesWayToAContributorOfTheUsersOwn() {
    HealthIndicator own = () -> Health.up().build();
    this.runner
        .withBean("wasmHealthIndicator", HealthIndicator.class, () -> own)
        .run(context -> assertThat(context).doesNotHaveBean(WasmHealthContributor.class));
    this.runner
        .withBean(
            "wasmHealthContributor",
            CompositeHealthContributor.class,
            () -> CompositeHealthContributor.fromMap(Map.of()))
        .run(context -> assertThat(context).doesNotHaveBean(WasmHealthContributor.class));
  }

  @Test
  void isAbsentWhenSwitchedOff() {
    this.runner
        .withPropertyValues("management.health.wasm.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(WasmHealthContributor.class));
    this.runner
        .withPropertyValues("management.health.defaults.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(WasmHealthContributor.class));
  }

  @Test
  void isAbsentWithoutHealthOnTheClassPath() {
    this.runner
        .withClassLoader(new FilteredClassLoader(HealthContributor.class))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(WasmModuleManager.class)
                    .doesNotHaveBean("wasmHealthContributor"));
  }
}
