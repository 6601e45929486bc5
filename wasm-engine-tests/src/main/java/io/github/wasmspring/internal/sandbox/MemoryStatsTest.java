package io.github.wasmspring.internal.sandbox;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.pool.PoolStats;
import io.github.wasmspring.sandbox.MemoryStats;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of the memory of modules. */
@Timeout(60)
class MemoryStatsTest {

  private static final int PAGE = 65536;

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void with(String guest, Consumer<Pool.Builder> pool) {
    this.runtime.with(guest(guest).settings(settings -> settings.pool(pool)));
  }

  private void keeping(String guest) {
    with(guest, pool -> pool.reset(WasmResetPolicy.NONE));
  }

  private PoolStats pool(String module) {
    return this.runtime.manager.status(module).get(0).pool();
  }

  private MemoryStats memory(String module) {
    return pool(module).memory();
  }

  @Test
  void committedIsTheMemoryOfInstancesInUseAndIdleOnes() {
    keeping("trouble");
    WasmSession first = this.runtime.manager.open("trouble");
    WasmSession second = this.runtime.manager.open("trouble");
    first.call("grow", 3);
    second.close();

    assertThat(memory("trouble").committed()).isEqualTo(5 * PAGE);
    assertThat(memory("trouble").used()).isEqualTo(5 * PAGE);
    assertThat(memory("trouble").fragmentation()).isNull();

    first.close();
    assertThat(memory("trouble").committed()).isEqualTo(5 * PAGE);
    this.runtime.manager.evict("trouble");
    assertThat(this.runtime.budget.stats().committed()).isZero();
  }

  @Test
  void highWaterStaysAfterTheFlood() {
    keeping("trouble");
    try (WasmSession first = this.runtime.manager.open("trouble");
        WasmSession second = this.runtime.manager.open("trouble")) {
      first.call("grow", 9);
      second.call("grow", 4);
    }
    WasmSession broken = this.runtime.manager.open("trouble");
    org.assertj.core.api.Assertions.assertThatException()
        .isThrownBy(() -> broken.call("unreachable_op"));
    broken.close();

    assertThat(memory("trouble").highWater()).isEqualTo(10 * PAGE);
    assertThat(memory("trouble").highWaterOfAll()).isEqualTo(15 * PAGE);
    assertThat(memory("trouble").committed()).isLessThan(15 * PAGE);
    this.runtime.manager.evict("trouble");
    assertThat(this.runtime.budget.stats().highWater()).isEqualTo(10 * PAGE);
    assertThat(this.runtime.budget.stats().highWaterOfAll()).isEqualTo(15 * PAGE);
  }

  @Test
  void growthThatSucceedsIsCounted() {
    keeping("trouble");
    try (WasmSession session = this.runtime.manager.open("trouble")) {
      session.call("grow", 1);
      session.call("grow", 0);
      session.call("grow", 2);
      assertThat((int) session.call("grow", 65536)[0]).isEqualTo(-1);
    }
    assertThat(memory("trouble").growths()).isEqualTo(2);
    assertThat(this.runtime.budget.stats().growths()).isEqualTo(2);
  }

  @Test
  void resettingTakesGrowthBackAndCountsIt() {
    this.runtime.with(guest("trouble"));
    try (WasmSession session = this.runtime.manager.open("trouble")) {
      session.call("grow", 5);
    }
    assertThat(memory("trouble").committed()).isEqualTo(PAGE);
    assertThat(memory("trouble").highWater()).isEqualTo(6 * PAGE);
  }

  @Test
  void allMemoriesOfAnInstanceCount() {
    TestEngines.assumeRuns(Guests.bytes("hostile-memories"));
    this.runtime.with(guest("hostile-memories"));
    try (WasmSession session = this.runtime.manager.open("hostile-memories")) {
      assertThat(session.call("alive")).containsExactly(42);
      assertThat(memory("hostile-memories").committed()).isEqualTo(80 * PAGE);
    }
  }

  @Test
  void theAllocatorTellsWhatIsFreeWhileASessionIsOpen() {
    keeping("heap");
    try (WasmSession session = this.runtime.manager.open("heap")) {
      session.call("say", 40_000, 10_000);

      assertThat(memory("heap").used()).isEqualTo(PAGE - 40_000);
      assertThat(memory("heap").free()).isEqualTo(40_000);
      assertThat(memory("heap").largestFree()).isEqualTo(10_000);
      assertThat(memory("heap").fragmentation()).isEqualTo(0.75);
      assertThat(this.runtime.budget.stats().fragmentation()).isEqualTo(0.75);
    }
  }

  @Test
  void theAllocatorIsAskedSeldomUnlessSomebodyWantsToKnow() {
    keeping("heap");
    try (WasmSession session = this.runtime.manager.open("heap")) {
      for (int i = 0; i < 1000; i++) {
        session.call("say", 8, 8);
      }
      assertThat(session.call("asked")[0]).isLessThanOrEqualTo(10);

      session.call("say", 16, 16);
      long before = session.call("asked")[0];
      memory("heap");
      memory("heap");
      session.call("say", 24, 24);
      assertThat(session.call("asked")[0]).isEqualTo(before + 1);
      assertThat(memory("heap").free()).isEqualTo(24);
    }
  }

  @Test
  void theAllocatorIsAskedAfterCallsOfInstancesThatAreNotReset() {
    keeping("heap");
    for (int i = 1; i <= 20; i++) {
      memory("heap");
      this.runtime
          .manager
          .module("heap")
          .operation("say")
          .arguments(1000 * i, 500 * i)
          .retrieve(void.class);

      assertThat(memory("heap").free()).isEqualTo(1000 * i);
    }
  }

  @Test
  void whatWasFreeInABorrowersHandsIsToldAfterTheReset() {
    this.runtime.with(guest("heap"));
    this.runtime
        .manager
        .module("heap")
        .operation("say")
        .arguments(30_000, 15_000)
        .retrieve(void.class);

    assertThat(memory("heap").fragmentation()).isEqualTo(0.5);
    assertThat(memory("heap").used()).isEqualTo(PAGE - 30_000);
  }

  @ParameterizedTest
  @CsvSource({"70000, 1", "100, 101", "-1, -1"})
  void nonsenseIsNotBelievedAndNotAskedForAgain(int total, int largest) {
    keeping("heap");
    try (WasmSession session = this.runtime.manager.open("heap")) {
      session.call("say", total, largest);

      assertThat(memory("heap").used()).isEqualTo(PAGE);
      long asked = session.call("asked")[0];
      memory("heap");
      session.call("say", 8, 8);
      assertThat(session.call("asked")[0]).isEqualTo(asked);
    }
  }

  @Test
  void anAllocatorThatNeverAnswersIsStoppedAndNotAskedAgain() {
    keeping("heap");
    this.runtime.manager.module("heap").operation("spin_when_asked").retrieve(void.class);

    assertThat(this.runtime.events(WasmEvent.InstanceDiscarded.class))
        .extracting("category")
        .containsExactly(WasmErrorCategory.TIMEOUT);
    assertThat(pool("heap").idle()).isZero();
    memory("heap");
    this.runtime.manager.module("heap").operation("spin_when_asked").retrieve(void.class);
    assertThat(this.runtime.events(WasmEvent.InstanceDiscarded.class)).hasSize(1);
  }

  @Test
  void anInterruptedCallerLosesNothingByIt() {
    keeping("heap");
    WasmSession session = this.runtime.manager.open("heap");
    Thread.currentThread().interrupt();

    session.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(pool("heap").idle()).isOne();
  }

  @Test
  void manyThreadsLeaveNothingBehind() throws Exception {
    with("trouble", pool -> pool.min(0).max(6));
    with("heap", pool -> pool.min(0).max(6).reset(WasmResetPolicy.NONE));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    long[] grown = new long[8];
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int number = thread;
        Random random = new Random(thread);
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 300; i++) {
                    String module = random.nextBoolean() ? "trouble" : "heap";
                    try (WasmSession session = this.runtime.manager.open(module)) {
                      grown[number] += (int) session.call("grow", 1)[0] == -1 ? 0 : 1;
                      if (random.nextInt(50) == 0) {
                        this.runtime.manager.evict(module);
                      }
                      long committed = this.runtime.budget.stats().committed();
                      assertThat(committed).isBetween((long) PAGE, 2048L * PAGE);
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
    this.runtime.manager.evict("trouble");
    this.runtime.manager.evict("heap");

    MemoryStats all = this.runtime.budget.stats();
    assertThat(all.committed()).isZero();
    assertThat(all.used()).isZero();
    assertThat(this.runtime.budget.used()).isZero();
    assertThat(all.growths()).isEqualTo(java.util.Arrays.stream(grown).sum());
    assertThat(all.highWaterOfAll()).isGreaterThanOrEqualTo(all.highWater());
  }
}
