package io.github.wasmspring.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.pool.PoolStats;
import io.github.wasmspring.prepare.WasmTier;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Eight threads call while code is swapped under them. */
@Timeout(120)
class SwapUnderLoadTest {

  private static final int CALLERS = 8;
  private static final int SWAPS = 6;
  private static final int CALLS_AFTER = 50;

  /** Hardly enough for the instances of two pools. */
  private final MemoryBudget budget = new MemoryBudget(4L << 20);

  private final TestRuntime runtime = new TestRuntime(this.budget, TierFixture.FIVE_CALLS);
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

  @AfterEach
  void close() {
    this.callers.shutdownNow();
    this.runtime.close();
  }

  @ParameterizedTest
  @CsvSource({
    "TIERED, MEMORY, 0, 4",
    "TIERED, SESSION, 2, 8",
    "TIERED, FRESH, 0, 2",
    "TIERED, NONE, 1, 1",
    "BY_USE, MEMORY, 0, 4"
  })
  void everyCallIsAnswered(WasmEngineMode mode, WasmResetPolicy reset, int min, int max)
      throws Exception {
    TestEngines.assumeInterpreter();
    Set<String> seen = new HashSet<>();
    for (int round = 0; round < SWAPS; round++) {
      String module = "buffer-" + round;
      this.runtime.bytes.put(module, TierFixture.variant("buffer", round));
      this.runtime.with(
          WasmModuleDescriptor.builder(module)
              .location("bytes:" + module)
              .settings(
                  settings ->
                      settings.engineMode(mode).pool(pool -> pool(pool.reset(reset), min, max))));

      Set<String> engines = hammer(module);

      // On a busy machine the compiler may be done before the first call.
      assertThat(engines).contains(TestEngines.COMPILED);
      seen.addAll(engines);
      PoolStats pool = this.runtime.manager.status(module).get(0).pool();
      assertThat(pool.rejected()).isZero();
      await().until(() -> this.runtime.manager.status(module).get(0).pool().inUse() == 0);
      assertThat(pool.idle()).isBetween(0, max);
      this.runtime.registry.unregister(module, "1.0.0");
      await().until(() -> this.budget.used() == 0);
    }
    assertThat(seen).contains(TestEngines.INTERPRETER);
    assertThat(this.runtime.events(WasmEvent.EngineSwapped.class)).hasSize(SWAPS);
    assertThat(this.runtime.events(WasmEvent.CallFailed.class)).isEmpty();
  }

  private static Pool.Builder pool(Pool.Builder pool, int min, int max) {
    return pool.min(min).max(max).borrowTimeout(Duration.ofSeconds(30));
  }

  private Set<String> hammer(String module) throws Exception {
    Set<String> engines = ConcurrentHashMap.newKeySet();
    CountDownLatch begin = new CountDownLatch(1);
    List<Callable<Void>> work = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      int number = caller;
      work.add(
          () -> {
            begin.await();
            int left = CALLS_AFTER;
            for (int call = 0; left > 0; call++) {
              engines.add(call(module, "caller " + number + " call " + call));
              left -= isSwapped(module) ? 1 : 0;
            }
            return null;
          });
    }
    List<Future<Void>> results = work.stream().map(this.callers::submit).toList();
    begin.countDown();
    for (Future<Void> result : results) {
      result.get(60, TimeUnit.SECONDS);
    }
    return engines;
  }

  private boolean isSwapped(String module) {
    return this.runtime.manager.status(module).get(0).tier().state() == WasmTier.State.COMPILED;
  }

  private String call(String module, String text) {
    WasmResult<String> result =
        this.runtime
            .manager
            .module(module)
            .operation("echo")
            .arguments(text)
            .retrieve(String.class);
    assertThat(result.value()).isEqualTo(text);
    assertThat(result.source()).isEqualTo(WasmSource.WASM);
    return result.engine();
  }
}
