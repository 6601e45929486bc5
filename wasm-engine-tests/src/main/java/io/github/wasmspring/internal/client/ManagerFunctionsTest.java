package io.github.wasmspring.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.client.WasmCleanUp;
import io.github.wasmspring.client.WasmModuleHealth;
import io.github.wasmspring.client.WasmModuleHealth.State;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.client.WasmStatistics;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Search, health check, statistics and clean-up. */
class ManagerFunctionsTest {

  private final TestRuntime runtime = new TestRuntime();
  private final WasmModuleManager manager = this.runtime.manager;

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void register(String... guests) {
    for (String guest : guests) {
      this.runtime.with(TestRuntime.guest(guest));
    }
  }

  private int add(int a, int b) {
    return this.manager
        .module("trouble")
        .operation("add")
        .arguments(a, b)
        .<Integer>retrieve(int.class)
        .value();
  }

  @Test
  void aSearchTellsHowTheModulesAre() {
    this.runtime.with(TestRuntime.guest("trouble").description("The ways to fail"));
    register("scalar");
    add(1, 2);

    assertThat(this.manager.search("WAYS fail"))
        .singleElement()
        .satisfies(
            module -> {
              assertThat(module.id()).isEqualTo("trouble");
              assertThat(module.state()).isEqualTo(WasmModuleState.READY);
              assertThat(module.calls().wasm()).isOne();
            });
    assertThat(this.manager.search("ways scalar")).isEmpty();
  }

  @Test
  void aCheckLoadsAndRunsTheModule() {
    register("buffer");

    WasmModuleHealth health = this.manager.check("buffer");

    assertThat(health.state()).isEqualTo(State.UP);
    assertThat(health.reason()).isNull();
    assertThat(health.version()).isEqualTo("1.0.0");
    assertThat(health.engine()).isNotNull();
    assertThat(health.duration()).isPositive();
    assertThat(this.manager.status("buffer").get(0).pool().created()).isOne();
  }

  @Test
  void aCheckIsOfTheVersionThatIsAskedFor() {
    register("scalar");
    this.runtime.with(
        WasmModuleDescriptor.builder("scalar")
            .version("2.0.0")
            .location("classpath:wasm/none.wasm"));

    assertThat(this.manager.check("scalar", "^1").state()).isEqualTo(State.UP);
    assertThat(this.manager.check("scalar", "^2").state()).isEqualTo(State.DOWN);
    assertThatExceptionOfType(WasmModuleNotFoundException.class)
        .isThrownBy(() -> this.manager.check("scaler"));
  }

  @Test
  void aModuleThatCanNotBeLoadedIsDownAndSaysWhy() {
    this.runtime.with(WasmModuleDescriptor.builder("gone").location("classpath:wasm/none.wasm"));

    WasmModuleHealth health = this.manager.check("gone");

    assertThat(health.state()).isEqualTo(State.DOWN);
    assertThat(health.category()).isEqualTo(WasmErrorCategory.LOAD);
    assertThat(health.reason()).contains("'gone'", "classpath:wasm/none.wasm");
    assertThat(health.engine()).isNull();
  }

  @Test
  void whatJavaAnswersForIsNotRun() {
    this.runtime.with(
        TestRuntime.guest("scalar")
            .settings(settings -> settings.executionMode(WasmExecutionMode.JAVA)));
    register("trouble");
    this.manager.disable("trouble");

    assertThat(this.manager.check("scalar").state()).isEqualTo(State.NOT_RUN);
    assertThat(this.manager.check("scalar").reason()).contains("execution mode is java");
    assertThat(this.manager.check("trouble").reason()).contains("disabled");
    assertThat(this.runtime.engine.compilations).hasValue(0);
  }

  @Test
  void aModuleWithAllInstancesAtWorkIsBusy() {
    this.runtime.with(
        TestRuntime.guest("scalar").settings(settings -> settings.pool(pool -> pool.max(1))));

    try (WasmSession session = this.manager.open("scalar")) {
      assertThat(session.call("add", 1, 2)).containsExactly(3);
      assertThat(this.manager.check("scalar").state()).isEqualTo(State.BUSY);
      assertThat(this.manager.check("scalar").reason()).isEqualTo("all 1 instances are in use");
    }
    assertThat(this.manager.check("scalar").state()).isEqualTo(State.UP);
  }

  @Test
  void aCheckOfAllLeavesAloneWhatNobodyHasNeeded() {
    register("scalar", "trouble");
    this.runtime.with(WasmModuleDescriptor.builder("gone").location("classpath:wasm/none.wasm"));
    add(1, 2);
    this.manager.check("gone");

    assertThat(this.manager.check())
        .extracting(WasmModuleHealth::module, WasmModuleHealth::state)
        .containsExactly(
            tuple("gone", State.DOWN), tuple("scalar", State.NOT_RUN), tuple("trouble", State.UP));
    assertThat(this.manager.status("scalar").get(0).state()).isEqualTo(WasmModuleState.REGISTERED);
  }

  @Test
  void statisticsAddUpAllModules() {
    register("scalar", "trouble");
    this.runtime.with(
        TestRuntime.guest("scalar").version("2.0.0").location("classpath:wasm/scalar.wasm"));
    add(1, 2);
    add(3, 4);
    assertThatExceptionOfType(WasmExecutionException.class)
        .isThrownBy(() -> this.manager.execute("trouble", "unreachable_op", null));
    this.manager.warmUp("scalar", "^1");

    WasmStatistics statistics = this.manager.statistics();

    assertThat(statistics.modules()).isEqualTo(2);
    assertThat(statistics.versions()).isEqualTo(3);
    assertThat(statistics.states())
        .containsOnly(entry(WasmModuleState.READY, 2L), entry(WasmModuleState.REGISTERED, 1L));
    assertThat(statistics.calls().total()).isEqualTo(3);
    assertThat(statistics.calls().wasm()).isEqualTo(2);
    assertThat(statistics.calls().failed()).isOne();
    assertThat(statistics.errors()).containsOnly(entry(WasmErrorCategory.TRAP, 1L));
    assertThat(statistics.severities()).containsOnly(entry(WasmSeverity.WARNING, 1L));
    assertThat(statistics.instances().created()).isEqualTo(1);
    assertThat(statistics.instances().discarded()).isOne();
    assertThat(statistics.memory()).isEqualTo(this.runtime.budget.used());
    assertThat(statistics.budget()).isEqualTo(this.runtime.budget.limit());
    assertThat(statistics.cache().modules()).isEqualTo(2);
    assertThat(statistics.wasmShare()).isEqualTo(1);
  }

  @Test
  void errorsOfAModuleCountOnceHoweverManyVersionsItHas() {
    register("trouble");
    this.runtime.with(
        TestRuntime.guest("trouble").version("0.9.0").location("classpath:wasm/trouble.wasm"));
    assertThatExceptionOfType(WasmExecutionException.class)
        .isThrownBy(() -> this.manager.execute("trouble", "unreachable_op", null));

    assertThat(this.manager.statistics().errors()).containsOnly(entry(WasmErrorCategory.TRAP, 1L));
  }

  @Test
  void cleaningUpThrowsIdleInstancesAwayAndNotThoseInUse() {
    register("buffer");
    try (WasmSession held = this.manager.open("buffer")) {
      this.manager.open("buffer").close();
      long before = this.runtime.budget.used();

      WasmCleanUp cleaned = this.manager.cleanUp();

      assertThat(cleaned.instances()).isOne();
      assertThat(cleaned.memory()).isPositive().isEqualTo(before - this.runtime.budget.used());
      assertThat(held.call("wasm_alloc", 16)).hasSize(1);
      assertThat(status("buffer").pool().inUse()).isOne();
      assertThat(status("buffer").pool().idle()).isZero();
    }
    assertThat(this.manager.check("buffer").state()).isEqualTo(State.UP);
  }

  @Test
  void cleaningUpKeepsTheFewestInstancesOfAPool() {
    this.runtime.with(
        TestRuntime.guest("scalar").settings(settings -> settings.pool(pool -> pool.min(1))));
    this.manager.warmUp("scalar");

    assertThat(this.manager.cleanUp().instances()).isZero();
    assertThat(status("scalar").pool().idle()).isOne();
  }

  @Test
  void cleaningUpForgetsTheCodeOfModulesThatAreNotLoaded() {
    register("trouble", "scalar");
    add(1, 2);
    this.manager.warmUp("scalar");
    this.manager.evict("trouble");
    assertThat(this.runtime.cache.size()).isEqualTo(2);

    assertThat(this.manager.cleanUp().code()).isOne();

    assertThat(this.runtime.cache.size()).isOne();
    assertThat(add(3, 4)).isEqualTo(7);
    assertThat(this.manager.cleanUp().code()).isZero();
  }

  @Test
  void codeThatAnotherModuleUsesIsNotForgotten() {
    register("trouble");
    this.runtime.with(WasmModuleDescriptor.builder("same").location("classpath:wasm/trouble.wasm"));
    add(1, 2);
    this.manager.warmUp("same");
    this.manager.evict("trouble");

    assertThat(this.manager.cleanUp().code()).isZero();
    assertThat(this.runtime.cache.size()).isOne();
  }

  private WasmModuleStatus status(String module) {
    return this.manager.status(module).get(0);
  }
}
