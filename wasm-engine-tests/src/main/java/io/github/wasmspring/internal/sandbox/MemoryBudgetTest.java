package io.github.wasmspring.internal.sandbox;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.wasmspring.WasmErrorCategory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MemoryBudgetTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final MemoryBudget budget = new MemoryBudget(100);

  private static Thread start(Runnable task) {
    Thread thread = new Thread(task);
    thread.start();
    Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return thread;
  }

  @Test
  void countsWhatInstancesStartWithGrowByAndGiveBack() {
    MemoryAccount first = this.budget.admit(new ModuleMemory("a"), 30, LONG);
    MemoryAccount second = this.budget.admit(new ModuleMemory("b"), 40, LONG);
    assertThat(first.add(20)).isTrue();
    assertThat(this.budget.used()).isEqualTo(90);
    assertThat(this.budget.usedByModule()).containsEntry("a", 50L).containsEntry("b", 40L);

    first.subtract(5);
    second.close();

    assertThat(this.budget.used()).isEqualTo(45);
    assertThat(this.budget.usedByModule()).containsOnlyKeys("a");
  }

  @Test
  void growthBeyondTheBudgetIsRefusedAndNotCounted() {
    MemoryAccount account = this.budget.admit(new ModuleMemory("a"), 30, LONG);

    assertThat(account.add(71)).isFalse();
    assertThat(account.add(Long.MAX_VALUE)).isFalse();
    assertThat(account.add(70)).isTrue();
    assertThat(this.budget.used()).isEqualTo(100);
  }

  @Test
  void refusesWhatDoesNotBecomeFreeInTimeAndSaysWhoHasIt() {
    this.budget.admit(new ModuleMemory("little"), 20, LONG);
    this.budget.admit(new ModuleMemory("greedy"), 70, LONG);

    assertThat(
            failure(
                WasmErrorCategory.BUDGET,
                () -> this.budget.admit(new ModuleMemory("c"), 11, Duration.ofMillis(20))))
        .hasMessageContaining("90 of the 100 bytes")
        .hasMessageContaining("(greedy 70, little 20)")
        .hasMessageContaining("within 20 ms")
        .hasMessageContaining("wasm.memory.budget");
    assertThat(this.budget.usedByModule()).containsOnlyKeys("little", "greedy");
  }

  @Test
  void doesNotWaitForWhatCanNeverBe() {
    assertThat(
            failure(
                WasmErrorCategory.BUDGET,
                () -> this.budget.admit(new ModuleMemory("c"), 101, LONG)))
        .hasMessageContaining("starts with 101 bytes");
  }

  @Test
  void admitsWhoWaitsAsSoonAsThereIsRoom() throws Exception {
    MemoryAccount first = this.budget.admit(new ModuleMemory("a"), 80, LONG);
    CompletableFuture<MemoryAccount> second = new CompletableFuture<>();
    start(() -> second.complete(this.budget.admit(new ModuleMemory("b"), 80, LONG)));

    first.close();

    assertThat(second.get(10, TimeUnit.SECONDS).held()).isEqualTo(80);
    assertThat(this.budget.used()).isEqualTo(80);
  }

  @Test
  void admitsInTheOrderInWhichTheyCame() throws Exception {
    List<MemoryAccount> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(this.budget.admit(new ModuleMemory("a"), 10, LONG));
    }
    List<Integer> admitted = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int size : new int[] {100, 10, 1}) {
      threads.add(
          start(
              () -> {
                MemoryAccount account = this.budget.admit(new ModuleMemory("b" + size), size, LONG);
                admitted.add(size);
                account.close();
              }));
    }

    for (MemoryAccount account : all) {
      account.close();
    }

    for (Thread thread : threads) {
      thread.join(10_000);
    }
    assertThat(admitted).hasSize(3).startsWith(100);
    assertThat(this.budget.used()).isZero();
  }

  @Test
  void aThreadThatIsInterruptedWhileItWaitsKeepsItsFlag() throws Exception {
    this.budget.admit(new ModuleMemory("a"), 100, LONG);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread thread =
        start(
            () -> {
              failure(
                  WasmErrorCategory.INTERRUPTED,
                  () -> this.budget.admit(new ModuleMemory("b"), 1, LONG));
              interrupted.complete(Thread.currentThread().isInterrupted());
            });

    thread.interrupt();

    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(this.budget.usedByModule()).containsOnlyKeys("a");
  }

  @Test
  void idleMemoryMakesRoomBeforeAnybodyWaits() {
    MemoryAccount idle = this.budget.admit(new ModuleMemory("a"), 100, LONG);
    AtomicLong evictable = new AtomicLong(100);
    this.budget.watch(
        new IdleMemory() {
          @Override
          public long evictable() {
            return evictable.get();
          }

          @Override
          public boolean evict() {
            evictable.set(0);
            idle.close();
            return true;
          }
        });

    assertThat(this.budget.admit(new ModuleMemory("b"), 60, Duration.ZERO).held()).isEqualTo(60);
    assertThat(this.budget.usedByModule()).containsOnlyKeys("b");
  }

  @Test
  void manyThreadsNeverExceedTheBudget() throws Exception {
    AtomicLong most = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          new Thread(
              () -> {
                for (int round = 0; round < 500; round++) {
                  try (MemoryAccount account = this.budget.admit(new ModuleMemory("a"), 25, LONG)) {
                    account.add(10);
                    most.accumulateAndGet(this.budget.used(), Math::max);
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(most.get()).isBetween(25L, 100L);
    assertThat(this.budget.used()).isZero();
  }

  @Test
  void theDefaultFitsTheHeap() {
    assertThat(MemoryBudget.ofDefaultSize().limit())
        .isLessThanOrEqualTo(1L << 30)
        .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void isPositive(long limit) {
    assertThatIllegalArgumentException().isThrownBy(() -> new MemoryBudget(limit));
  }

  @Test
  void anInstanceThatIsGoneHasNothingAndGetsNothing() {
    MemoryAccount account = this.budget.admit(new ModuleMemory("a"), 30, LONG);
    account.committed(30);
    account.close();

    account.close();
    account.subtract(10);
    account.committed(60);

    assertThat(account.add(1)).isFalse();
    assertThat(this.budget.used()).isZero();
    assertThat(this.budget.stats().committed()).isZero();
    assertThat(this.budget.admit(new ModuleMemory("b"), 100, LONG).held()).isEqualTo(100);
  }

  /** Looking at all of them each time would take minutes. */
  @Test
  void takesNoLongerHoweverManyInstancesThereAre() {
    MemoryBudget large = new MemoryBudget(1L << 40);
    ModuleMemory owner = new ModuleMemory("a");
    for (int i = 0; i < 100_000; i++) {
      large.admit(owner, 1, LONG);
    }
    MemoryAccount account = large.admit(owner, 1, LONG);
    long start = System.nanoTime();

    for (int i = 1; i <= 100_000; i++) {
      assertThat(account.add(1)).isTrue();
      account.committed(i);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(large.used()).isEqualTo(200_001);
    assertThat(large.stats(owner).highWaterOfAll()).isEqualTo(100_000);
  }

  @Test
  void totalsAreRightHoweverTheyAreChangedAtATime() throws Exception {
    MemoryBudget shared = new MemoryBudget(1L << 40);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ModuleMemory owner = new ModuleMemory("m" + i % 2);
      threads.add(
          start(
              new Thread(
                  () -> {
                    for (int round = 0; round < 2_000; round++) {
                      MemoryAccount account = shared.admit(owner, 10, LONG);
                      account.committed(10);
                      account.add(round);
                      account.committed(10 + round);
                      account.subtract(round / 2);
                      account.close();
                    }
                  })));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(shared.used()).isZero();
    assertThat(shared.usedByModule()).isEmpty();
    assertThat(shared.stats().committed()).isZero();
  }

  private static Thread start(Thread thread) {
    thread.start();
    return thread;
  }
}
