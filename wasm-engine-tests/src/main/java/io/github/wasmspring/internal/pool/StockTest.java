package io.github.wasmspring.internal.pool;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.pool.PoolStats;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Instances that are made before somebody asks for them. */
@Timeout(60)
class StockTest {

  private static final int PAGE = 65536;

  private final TestRuntime runtime = new TestRuntime(new MemoryBudget(12 * PAGE));

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void with(String guest, Consumer<Pool.Builder> pool) {
    this.runtime.with(
        guest(guest)
            .settings(
                settings ->
                    settings.pool(
                        old ->
                            pool.accept(
                                old.reset(WasmResetPolicy.FRESH)
                                    .borrowTimeout(Duration.ofMillis(100))))));
  }

  private PoolStats pool(String module) {
    return this.runtime.manager.status(module).get(0).pool();
  }

  private void awaitIdle(String module, int instances) {
    await().untilAsserted(() -> assertThat(pool(module).idle()).isEqualTo(instances));
  }

  @Test
  void isThereWhenTheModuleIsLoadedAndComesBackAfterUse() {
    with("state", pool -> pool.min(0).max(5).prepared(3));
    this.runtime.manager.warmUp("state");
    awaitIdle("state", 3);

    List<WasmSession> sessions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      WasmSession session = this.runtime.manager.open("state");
      assertThat(session.call("bump_memory")).containsExactly(1);
      sessions.add(session);
    }
    // Five at most: three are in use.
    awaitIdle("state", 2);
    sessions.forEach(WasmSession::close);
    // More than half of it is enough until somebody looks after the pools.
    await().untilAsserted(() -> assertThat(pool("state").idle()).isBetween(2, 3));
    assertThat(pool("state").discarded()).isEqualTo(3);
  }

  @Test
  void everyCallerGetsAnInstanceOfItsOwn() throws Exception {
    with("state", pool -> pool.min(0).max(6).prepared(4).borrowTimeout(Duration.ofSeconds(30)));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    try (WasmSession session = this.runtime.manager.open("state")) {
                      assertThat(session.call("bump_memory")).containsExactly(1);
                    }
                  }
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    PoolStats stats = pool("state");
    assertThat(stats.discarded()).isEqualTo(4000);
    assertThat(stats.rejected()).isZero();
    await().untilAsserted(() -> assertThat(pool("state").idle()).isBetween(3, 4));
    this.runtime.manager.evict("state");
    await().untilAsserted(() -> assertThat(this.runtime.budget.used()).isZero());
  }

  @Test
  void takesNoRoomThatSomebodyNeeds() {
    with("four-pages", pool -> pool.prepared(2));
    with("state", pool -> pool.min(0).max(20));
    this.runtime.manager.warmUp("four-pages");
    awaitIdle("four-pages", 2);
    assertThat(this.runtime.budget.used()).isEqualTo(8 * PAGE);

    try (WasmSession first = this.runtime.manager.open("four-pages");
        WasmSession second = this.runtime.manager.open("four-pages");
        WasmSession third = this.runtime.manager.open("four-pages")) {
      assertThat(first.memory().size() + second.memory().size() + third.memory().size())
          .isEqualTo(12 * PAGE);
    }
    await().untilAsserted(() -> assertThat(pool("four-pages").idle()).isPositive());
    try (WasmSession other = this.runtime.manager.open("state")) {
      List<WasmSession> many = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        many.add(this.runtime.manager.open("state"));
      }
      many.forEach(WasmSession::close);
      assertThat(other.memory().size()).isEqualTo(PAGE);
    }
  }

  @Test
  void stopsWhereTheModuleCannotBeInstantiated() {
    with("start-traps", pool -> pool.prepared(2));
    this.runtime.manager.warmUp("start-traps");

    org.assertj.core.api.Assertions.assertThatException()
        .isThrownBy(() -> this.runtime.manager.open("start-traps"));

    assertThat(pool("start-traps").idle()).isZero();
    assertThat(this.runtime.budget.used()).isZero();
  }
}
