package io.github.wasmspring.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.autoconfigure.Calc;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class WasmMetricsAutoConfigurationTest {

  private final ApplicationContextRunner withoutRegistry =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmMetricsAutoConfiguration.class))
          .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  private final ApplicationContextRunner runner =
      this.withoutRegistry.withConfiguration(
          AutoConfigurations.of(
              MetricsAutoConfiguration.class,
              SimpleMetricsExportAutoConfiguration.class,
              CompositeMeterRegistryAutoConfiguration.class));

  @Test
  void callsAreTimed() {
    this.runner.run(
        context -> {
          Calc calc = context.getBean(WasmModuleManager.class).bind(Calc.class);
          calc.add(1, 2);
          calc.add(3, 4);
          assertThat(
                  context
                      .getBean(MeterRegistry.class)
                      .get("wasm.calls")
                      .tag("module", "calc")
                      .tag("operation", "add")
                      .tag("engine", "jvm-compiled")
                      .tag("source", "WASM")
                      .tag("outcome", "SUCCESS")
                      .timer()
                      .count())
              .isEqualTo(2);
        });
  }

  @Test
  void operationsInQuarantineAreCountedWhileTheyAreInIt() {
    this.runner
        .withPropertyValues("wasm.modules.calc.quarantine.failures=2")
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              Calc calc = manager.bind(Calc.class);
              var quarantined =
                  context
                      .getBean(MeterRegistry.class)
                      .get("wasm.quarantined")
                      .tag("module", "calc")
                      .gauge();
              assertThat(quarantined.value()).isZero();
              calc.trap();
              calc.trap();
              assertThat(quarantined.value()).isOne();
              manager.release("calc");
              assertThat(quarantined.value()).isZero();
            });
  }

  @Test
  void callsThatJavaAnsweredAndErrorsAreCounted() {
    this.runner.run(
        context -> {
          context.getBean(WasmModuleManager.class).bind(Calc.class).trap();
          MeterRegistry registry = context.getBean(MeterRegistry.class);
          assertThat(
                  registry
                      .get("wasm.calls")
                      .tag("engine", "java")
                      .tag("source", "FALLBACK")
                      .tag("outcome", "SUCCESS")
                      .timer()
                      .count())
              .isOne();
          assertThat(
                  registry
                      .get("wasm.errors")
                      .tag("module", "calc")
                      .tag("category", "TRAP")
                      .tag("severity", "WARNING")
                      .counter()
                      .count())
              .isOne();
        });
  }

  @Test
  void failedCallsAreTimedWithTheirCategory() {
    this.runner
        .withPropertyValues("wasm.modules.calc.fallback.enabled=false")
        .run(
            context -> {
              Calc calc = context.getBean(WasmModuleManager.class).bind(Calc.class);
              assertThatThrownBy(calc::trap).isNotNull();
              assertThat(
                      context
                          .getBean(MeterRegistry.class)
                          .get("wasm.calls")
                          .tag("outcome", "TRAP")
                          .timer()
                          .count())
                  .isOne();
            });
  }

  @Test
  void callsThatAnswerLaterAreCounted() {
    this.runner
        .withPropertyValues(
            "wasm.threads.max=1",
            "wasm.threads.queue-capacity=1",
            "wasm.threads.queue-policy=reject",
            "wasm.defaults.limits.timeout=10m")
        .run(
            context -> {
              MeterRegistry registry = context.getBean(MeterRegistry.class);
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              List<CompletableFuture<WasmResult<Integer>>> answers = new ArrayList<>();
              for (int i = 0; i < 3; i++) {
                answers.add(manager.module("calc").operation("spin").retrieveAsync(int.class));
              }
              assertThat(tasks(registry, "running")).isOne();
              assertThat(tasks(registry, "queued")).isOne();
              assertThat(taskCounter(registry, "wasm.tasks.rejected")).isOne();
              assertThat(
                      registry
                          .get("wasm.errors")
                          .tag("module", "calc")
                          .tag("category", "REJECTED")
                          .counter()
                          .count())
                  .isOne();

              answers.get(1).cancel(true);

              assertThat(tasks(registry, "queued")).isZero();
              assertThat(taskCounter(registry, "wasm.tasks.cancelled")).isOne();
            });
  }

  private static double tasks(MeterRegistry registry, String state) {
    return registry.get("wasm.tasks").tag("module", "calc").tag("state", state).gauge().value();
  }

  private static double taskCounter(MeterRegistry registry, String name) {
    return registry.get(name).tag("module", "calc").functionCounter().count();
  }

  @Test
  void instancesAndMemoryAreGauged() {
    this.runner.run(
        context -> {
          MeterRegistry registry = context.getBean(MeterRegistry.class);
          assertThat(instances(registry, "calc", "idle")).isZero();
          try (WasmSession held = context.getBean(WasmModuleManager.class).open("calc")) {
            assertThat(instances(registry, "calc", "in-use")).isOne();
            held.call("grow", 1);
          }
          assertThat(instances(registry, "calc", "in-use")).isZero();
          assertThat(instances(registry, "calc", "idle")).isOne();
          assertThat(registry.get("wasm.memory.used").tag("module", "calc").gauge().value())
              .isGreaterThanOrEqualTo(65536);
          assertThat(registry.get("wasm.guest.threads").tag("module", "calc").gauge().value())
              .isZero();
        });
  }

  @Test
  void memoryOfAModuleIsMeasuredInAllItsKinds() {
    this.runner.run(
        context -> {
          MeterRegistry registry = context.getBean(MeterRegistry.class);
          try (WasmSession held = context.getBean(WasmModuleManager.class).open("calc")) {
            long before = (long) memory(registry, "committed");
            held.call("grow", 2);
            System.gc();
            assertThat(memory(registry, "committed")).isEqualTo(before + 2 * 65536);
            assertThat(memory(registry, "high-water")).isEqualTo(before + 2 * 65536);
            assertThat(memory(registry, "fragmentation")).isNaN();
            assertThat(
                    registry
                        .get("wasm.memory.growth")
                        .tag("module", "calc")
                        .functionCounter()
                        .count())
                .isOne();
            assertThat(registry.get("wasm.memory.high-water.total").gauge().value())
                .isEqualTo(before + 2 * 65536);
          }
        });
  }

  private static double memory(MeterRegistry registry, String figure) {
    return registry.get("wasm.memory." + figure).tag("module", "calc").gauge().value();
  }

  @Test
  void memoryAlertsAreCounted() {
    this.runner
        .withPropertyValues("wasm.memory.budget=2MB", "wasm.memory.alerts[0].threshold=50%")
        .run(
            context -> {
              try (WasmSession held = context.getBean(WasmModuleManager.class).open("calc")) {
                held.call("grow", 20);
                awaitOne(
                    context.getBean(MeterRegistry.class), "wasm.memory.alerts", "threshold", "50%");
              }
            });
  }

  @Test
  void sessionsThatLoseTheirInstanceAreCounted() {
    this.runner
        .withPropertyValues("wasm.modules.calc.pool.max-session-time=1ms")
        .run(
            context -> {
              try (WasmSession late = context.getBean(WasmModuleManager.class).open("calc")) {
                awaitOne(
                    context.getBean(MeterRegistry.class),
                    "wasm.sessions.reclaimed",
                    "reason",
                    "EXPIRED");
                assertThatThrownBy(() -> late.call("grow", 1))
                    .hasMessageContaining("max-session-time");
              }
            });
  }

  @Test
  void changesOfAdaptiveExecutionAndWhatItChoseAreCounted() {
    this.runner
        .withPropertyValues("wasm.execution.mode=adaptive")
        .run(
            context -> {
              Calc calc = context.getBean(WasmModuleManager.class).bind(Calc.class);
              for (int i = 0; i < 40; i++) {
                calc.trap();
              }
              MeterRegistry registry = context.getBean(MeterRegistry.class);
              awaitOne(registry, "wasm.adaptive.switches", "to", "JAVA");
              awaitOne(registry, "wasm.adaptive.switches", "reason", "FAILING");
              assertThat(registry.get("wasm.calls").tag("source", "FALLBACK").timer().count())
                  .isEqualTo(32);
              assertThat(registry.get("wasm.calls").tag("source", "JAVA").timer().count())
                  .isEqualTo(8);
            });
  }

  @Test
  void rolloutsAreCounted() {
    this.runner.run(
        context -> {
          WasmModuleManager manager = context.getBean(WasmModuleManager.class);
          manager.warmUp("calc");
          manager.reload("calc");
          MeterRegistry registry = context.getBean(MeterRegistry.class);
          awaitOne(registry, "wasm.rollouts", "outcome", "PROMOTED");
          WasmModuleDescriptor broken =
              manager.registry().get("calc", "*").toBuilder()
                  .version("2.0.0")
                  .settings(it -> it.rollout(rollout -> rollout.probe("trap")))
                  .build();
          assertThatThrownBy(() -> manager.update("calc", "*", broken))
              .isInstanceOf(WasmException.class);
          awaitOne(registry, "wasm.rollouts", "outcome", "ROLLED_BACK");
        });
  }

  @Test
  void quarantinesAreCounted() {
    this.runner
        .withPropertyValues("wasm.modules.calc.quarantine.failures=3")
        .run(
            context -> {
              Calc calc = context.getBean(WasmModuleManager.class).bind(Calc.class);
              for (int i = 0; i < 5; i++) {
                calc.trap();
              }
              MeterRegistry registry = context.getBean(MeterRegistry.class);
              awaitOne(registry, "wasm.quarantines", "operation", "trap");
              assertThat(registry.get("wasm.errors").tag("category", "TRAP").counter().count())
                  .isEqualTo(3);
              assertThat(
                      registry.get("wasm.errors").tag("category", "QUARANTINED").counter().count())
                  .isEqualTo(2);
            });
  }

  private static void awaitOne(MeterRegistry registry, String counter, String tag, String value) {
    await()
        .untilAsserted(
            () ->
                assertThat(registry.find(counter).tag(tag, value).counters())
                    .singleElement()
                    .satisfies(each -> assertThat(each.count()).isOne()));
  }

  private static double instances(MeterRegistry registry, String module, String state) {
    return registry.get("wasm.instances").tag("module", module).tag("state", state).gauge().value();
  }

  @Test
  void gaugesComeAndGoWithTheModules() {
    this.runner.run(
        context -> {
          MeterRegistry registry = context.getBean(MeterRegistry.class);
          WasmModuleManager manager = context.getBean(WasmModuleManager.class);
          manager
              .registry()
              .register(
                  WasmModuleDescriptor.builder("later")
                      .location("classpath:wasm/calc.wasm")
                      .build());
          assertThat(instances(registry, "later", "idle")).isZero();
          manager.registry().unregister("later", "1.0.0");
          assertThat(registry.find("wasm.instances").tag("module", "later").gauge()).isNull();
          assertThat(registry.find("wasm.memory.used").tag("module", "later").gauge()).isNull();
          assertThat(registry.find("wasm.guest.threads").tag("module", "later").gauge()).isNull();
        });
  }

  @Test
  void nothingIsReportedOfAModuleThatHasGone() {
    this.runner.run(
        context -> {
          MeterRegistry registry = context.getBean(MeterRegistry.class);
          WasmModuleManager manager = context.getBean(WasmModuleManager.class);
          for (int round = 1; round <= 2; round++) {
            manager
                .registry()
                .register(
                    WasmModuleDescriptor.builder("later")
                        .location("classpath:wasm/calc.wasm")
                        .build());
            Calc later = manager.bind(Calc.class, "later", "*");
            later.add(1, 2);
            later.trap();
            assertThat(
                    registry
                        .get("wasm.calls")
                        .tag("module", "later")
                        .tag("outcome", "SUCCESS")
                        .timer()
                        .count())
                .isOne();
            assertThat(registry.get("wasm.load").tag("module", "later").timer().count()).isOne();

            manager.registry().unregister("later", "1.0.0");

            assertThat(registry.getMeters())
                .extracting(meter -> String.valueOf(meter.getId().getTag("module")))
                .doesNotContain("later");
          }
        });
  }

  @Test
  void loadsAreTimedThoseOfTheStartIncluded() {
    this.runner
        .withPropertyValues("wasm.modules.calc.load=eager")
        .run(
            context ->
                assertThat(
                        context
                            .getBean(MeterRegistry.class)
                            .get("wasm.load")
                            .tag("module", "calc")
                            .tag("outcome", "SUCCESS")
                            .timer()
                            .count())
                    .isOne());
  }

  @Test
  void failedLoadsAreTimed() {
    this.runner
        .withPropertyValues("wasm.modules.calc.location=classpath:wasm/text.wasm")
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              assertThatThrownBy(() -> manager.warmUp("calc")).isNotNull();
              assertThat(
                      context
                          .getBean(MeterRegistry.class)
                          .get("wasm.load")
                          .tag("outcome", "MALFORMED")
                          .timer()
                          .count())
                  .isOne();
            });
  }

  @Test
  void theCacheIsMeasured() {
    this.runner.run(
        context -> {
          WasmModuleManager manager = context.getBean(WasmModuleManager.class);
          manager.warmUp("calc");
          manager.warmUp("provided");
          MeterRegistry registry = context.getBean(MeterRegistry.class);
          assertThat(
                  registry
                      .get("wasm.cache.requests")
                      .tag("result", "hit")
                      .functionCounter()
                      .count())
              .isOne();
          assertThat(
                  registry
                      .get("wasm.cache.requests")
                      .tag("result", "miss")
                      .functionCounter()
                      .count())
              .isOne();
          assertThat(registry.get("wasm.cache.size").gauge().value()).isOne();
          assertThat(registry.get("wasm.cache.weight").gauge().value()).isPositive();
          assertThat(registry.get("wasm.cache.evictions").functionCounter().count()).isZero();
        });
  }

  @Test
  void theCacheOnDiskIsMeasuredIfThereIsOne(@TempDir Path directory) {
    this.runner.run(context -> assertThat(context).doesNotHaveBean(WasmDiskCacheMetrics.class));
    this.runner
        .withPropertyValues("wasm.cache.directory=" + directory.resolve("code"))
        .run(
            context -> {
              context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2);
              RequiredSearch disk =
                  context
                      .getBean(MeterRegistry.class)
                      .get("wasm.cache.requests")
                      .tag("tier", "disk");
              assertThat(disk.tag("result", "miss").functionCounter().count()).isOne();
              await().until(() -> onDisk(context, "wasm.cache.size").gauge().value() == 1);
              assertThat(onDisk(context, "wasm.cache.weight").gauge().value()).isPositive();
              assertThat(onDisk(context, "wasm.cache.evictions").functionCounter().count())
                  .isZero();
              assertThat(onDisk(context, "wasm.cache.failures").functionCounter().count()).isZero();
            });
  }

  private static RequiredSearch onDisk(ApplicationContext context, String meter) {
    return context.getBean(MeterRegistry.class).get(meter).tag("tier", "disk");
  }

  @Test
  void aTimerIsMadeOnceForEachOutcome() {
    MeterRegistry registry = new SimpleMeterRegistry();
    WasmCallMetrics metrics = new WasmCallMetrics(registry);
    WasmCallId call = new WasmCallId("m", "1.0.0", "o");
    for (int i = 0; i < 3; i++) {
      metrics.onCall(call, "e", WasmSource.WASM, null, 1000);
      metrics.onCall(new WasmCallId("m", "1.0.0", "o"), "java", WasmSource.FALLBACK, null, 1000);
    }
    assertThat(registry.find("wasm.calls").timers()).hasSize(2).allMatch(t -> t.count() == 3);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        WasmCallMetrics.class,
        WasmEventMetrics.class,
        WasmModuleMetrics.class,
        WasmCacheMetrics.class,
        WasmMemoryMetrics.class
      })
  void isAbsentWithoutARegistry(Class<?> type) {
    this.runner.run(context -> assertThat(context).hasSingleBean(type));
    this.withoutRegistry.run(context -> assertThat(context).doesNotHaveBean(type));
  }

  @Test
  void measuresTheMemoryBudget() {
    this.runner
        .withPropertyValues("wasm.memory.budget=10MB")
        .run(
            context -> {
              context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2);
              MeterRegistry registry = context.getBean(MeterRegistry.class);
              assertThat(registry.get("wasm.memory.budget").gauge().value()).isEqualTo(10 << 20);
              assertThat(registry.get("wasm.memory.budget.used").gauge().value())
                  .isGreaterThanOrEqualTo(65536);
            });
  }

  @Test
  void everyBeanGivesWayToTheUsersOwn() {
    MeterRegistry registry = new SimpleMeterRegistry();
    this.runner
        .withBean("ownCalls", WasmCallMetrics.class, () -> new WasmCallMetrics(registry))
        .withBean("ownEvents", WasmEventMetrics.class, () -> new WasmEventMetrics(registry))
        .withBean(
            "ownCache",
            WasmCacheMetrics.class,
            () -> new WasmCacheMetrics(new CompiledModuleCache(1)))
        .withBean(
            "ownMemory", WasmMemoryMetrics.class, () -> new WasmMemoryMetrics(new MemoryBudget(1)))
        .run(
            context -> {
              for (Class<?> type :
                  List.of(
                      WasmCallMetrics.class,
                      WasmEventMetrics.class,
                      WasmCacheMetrics.class,
                      WasmMemoryMetrics.class)) {
                assertThat(context).hasSingleBean(type);
              }
            });
  }

  @Test
  void nothingIsMeasuredWhenSwitchedOff() {
    this.runner
        .withPropertyValues("management.metrics.enable.wasm=false")
        .run(
            context -> {
              context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2);
              assertThat(context.getBean(MeterRegistry.class).getMeters())
                  .noneMatch(meter -> meter.getId().getName().startsWith("wasm"));
            });
  }

  @Test
  void worksWithoutMicrometerOnTheClassPath() {
    this.withoutRegistry
        .withClassLoader(new FilteredClassLoader("io.micrometer"))
        .run(
            context -> {
              assertThat(context)
                  .hasNotFailed()
                  .hasSingleBean(WasmEventPublisher.class)
                  .doesNotHaveBean("wasmCallMetrics");
              assertThat(context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2))
                  .isEqualTo(3);
            });
  }
}
