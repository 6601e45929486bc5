package io.github.wasmspring.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.internal.sandbox.GuestProgram;
import io.github.wasmspring.internal.sandbox.GuestStack;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.internal.sandbox.ModuleMemory;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.pool.PoolStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets an instance, when and which. */
class InstancePoolTest {

  private static final Pool SETTINGS =
      Pool.DEFAULTS.with(
          settings -> settings.reset(WasmResetPolicy.NONE).borrowTimeout(Duration.ofSeconds(30)));

  private final CallWatchdog watchdog = new CallWatchdog();

  private final StockKeeper stockKeeper = new StockKeeper();

  @AfterEach
  void stop() {
    this.stockKeeper.close();
    this.watchdog.close();
  }

  private InstancePool pool(Pool settings) {
    return pool(settings, IdleInstance::new);
  }

  private InstancePool pool(Pool settings, Supplier<WasmInstance> factory) {
    return pool(settings, factory, this.stockKeeper);
  }

  private InstancePool pool(Pool settings, Supplier<WasmInstance> factory, StockKeeper keeper) {
    return pool(settings, source(factory, () -> null, null), MemoryBudget.ofDefaultSize(), keeper);
  }

  private static InstanceMaker.Source source(
      Supplier<WasmInstance> factory,
      Supplier<@Nullable GuestStack> stack,
      @Nullable GuestProgram program) {
    return new InstanceMaker.Source(
        new ModuleMemory("test"), 65536, null, charge -> factory.get(), stack, () -> 0, program);
  }

  private InstancePool pool(
      Pool settings, InstanceMaker.Source source, MemoryBudget budget, StockKeeper keeper) {
    InstanceMaker maker =
        new InstanceMaker(
            source, settings.borrowTimeout(), Duration.ofSeconds(5), this.watchdog, budget);
    return new InstancePool(maker, settings, budget, keeper, why -> {});
  }

  @Test
  void anInstanceIsUsedAgain() {
    InstancePool pool = pool(SETTINGS);
    PooledInstance first = pool.borrow();
    pool.release(first);
    assertThat(pool.borrow()).isSameAs(first);
  }

  @Test
  void manyThreadsNeverShareAnInstanceAndAreNeverRejected() throws Exception {
    int max = 3;
    AtomicInteger held = new AtomicInteger();
    AtomicInteger mostHeld = new AtomicInteger();
    InstancePool pool = pool(SETTINGS.with(settings -> settings.min(0).max(max)));
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < 16; thread++) {
        Random random = new Random(thread);
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 5_000; i++) {
                    PooledInstance instance = pool.borrow();
                    IdleInstance dummy = (IdleInstance) instance.instance();
                    assertThat(dummy.hold()).isTrue();
                    mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
                    if (random.nextInt(10) == 0) {
                      Thread.yield();
                    }
                    if (random.nextInt(20) == 0) {
                      instance.breakDown(WasmErrorCategory.TRAP);
                    }
                    if (random.nextInt(500) == 0) {
                      pool.trim();
                    }
                    held.decrementAndGet();
                    dummy.letGo();
                    pool.release(instance);
                  }
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    PoolStats stats = pool.stats();
    assertThat(mostHeld.get()).isLessThanOrEqualTo(max);
    assertThat(stats.rejected()).isZero();
    assertThat(stats.inUse()).isZero();
    assertThat(stats.waiting()).isZero();
    assertThat(stats.created() - stats.discarded()).isEqualTo(stats.idle());
  }

  @Test
  void callersAreServedInTheOrderInWhichTheyCame() throws Exception {
    InstancePool pool = pool(SETTINGS.with(settings -> settings.min(0).max(1)));
    PooledInstance only = pool.borrow();
    List<Integer> served = new CopyOnWriteArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int caller = 0; caller < 8; caller++) {
        int number = caller;
        running.add(
            threads.submit(
                () -> {
                  PooledInstance instance = pool.borrow();
                  served.add(number);
                  pool.release(instance);
                }));
        await().until(() -> pool.stats().waiting() == number + 1);
      }
      pool.release(only);
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(served).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void whoWaitsIsServedHoweverBusyOthersAre() throws Exception {
    InstancePool pool =
        pool(
            SETTINGS.with(
                settings -> settings.min(0).max(1).borrowTimeout(Duration.ofSeconds(20))));
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<?>> busy = new ArrayList<>();
      for (int caller = 0; caller < 3; caller++) {
        busy.add(
            threads.submit(
                () -> {
                  while (!over.get()) {
                    pool.release(pool.borrow());
                  }
                }));
      }
      for (int i = 0; i < 200; i++) {
        pool.release(pool.borrow());
        Thread.yield();
      }
      over.set(true);
      for (Future<?> each : busy) {
        each.get();
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
    assertThat(pool.stats().rejected()).isZero();
    assertThat(pool.stats().waiting()).isZero();
  }

  @Test
  void aBrokenInstanceMakesRoomForTheNextCaller() throws Exception {
    InstancePool pool = pool(SETTINGS.with(settings -> settings.min(0).max(1)));
    PooledInstance broken = pool.borrow();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<PooledInstance> waiting = thread.submit(pool::borrow);
      await().until(() -> pool.stats().waiting() == 1);
      broken.breakDown(WasmErrorCategory.TRAP);
      pool.release(broken);
      assertThat(waiting.get()).isNotSameAs(broken);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void anInstanceThatCannotSayHowLargeItIsGivesItsRoomBack() {
    AtomicBoolean broken = new AtomicBoolean();
    AtomicBoolean closed = new AtomicBoolean();
    MemoryBudget budget = MemoryBudget.ofDefaultSize();
    InstanceMaker maker =
        new InstanceMaker(
            source(
                () ->
                    new IdleInstance() {
                      @Override
                      public long memorySize() {
                        if (broken.get()) {
                          throw new StackOverflowError();
                        }
                        return super.memorySize();
                      }

                      @Override
                      public void close() {
                        closed.set(true);
                      }
                    },
                () -> null,
                null),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            this.watchdog,
            budget);
    PooledInstance instance = maker.make();
    assertThat(budget.used()).isPositive();
    broken.set(true);

    maker.discard(instance, "STACK_OVERFLOW");

    assertThat(closed).isTrue();
    assertThat(budget.used()).isZero();
  }

  @Test
  void anInstanceThatCannotBeMadeLeavesRoomForTheNext() {
    AtomicInteger attempts = new AtomicInteger();
    InstancePool pool =
        pool(
            SETTINGS.with(settings -> settings.min(0).max(1)),
            () -> {
              if (attempts.incrementAndGet() < 3) {
                throw new WasmExecutionException(WasmErrorCategory.TRAP, "not yet", null);
              }
              return new IdleInstance();
            });
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(WasmExecutionException.class).isThrownBy(pool::borrow);
    }
    assertThat(pool.borrow()).isNotNull();
  }

  @Test
  void aCallerIsRejectedWhenNothingBecomesFreeInTime() {
    InstancePool pool =
        pool(SETTINGS.with(settings -> settings.min(0).max(1).borrowTimeout(Duration.ofMillis(1))));
    pool.borrow();
    assertThatExceptionOfType(WasmExecutionException.class)
        .isThrownBy(pool::borrow)
        .satisfies(failure -> assertThat(failure.category()).isEqualTo(WasmErrorCategory.REJECTED));
    assertThat(pool.stats().rejected()).isEqualTo(1);
    assertThat(pool.stats().waiting()).isZero();
  }

  @Test
  void aWaitingCallerIsRejectedWhenThePoolIsClosed() throws Exception {
    InstancePool pool = pool(SETTINGS.with(settings -> settings.min(0).max(1)));
    PooledInstance only = pool.borrow();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<WasmErrorCategory> waiting =
          thread.submit(
              () -> {
                try {
                  pool.borrow();
                  return WasmErrorCategory.ENGINE;
                } catch (WasmExecutionException failure) {
                  return failure.category();
                }
              });
      await().until(() -> pool.stats().waiting() == 1);
      pool.close();
      pool.release(only);
      assertThat(waiting.get()).isEqualTo(WasmErrorCategory.REJECTED);
      assertThat(pool.stats().idle()).isZero();
      assertThat(pool.stats().inUse()).isZero();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void anInterruptedCallerLeavesTheLine() throws Exception {
    InstancePool pool = pool(SETTINGS.with(settings -> settings.min(0).max(1)));
    pool.borrow();
    AtomicBoolean flagKept = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              try {
                pool.borrow();
              } catch (WasmExecutionException failure) {
                flagKept.set(
                    failure.category() == WasmErrorCategory.INTERRUPTED
                        && Thread.currentThread().isInterrupted());
              }
            });
    caller.start();
    await().until(() -> pool.stats().waiting() == 1);
    caller.interrupt();
    caller.join();
    assertThat(flagKept).isTrue();
    assertThat(pool.stats().waiting()).isZero();
  }

  @Test
  void instancesThatStayIdleAreThrownAwayDownToTheMinimum() {
    InstancePool pool =
        pool(SETTINGS.with(settings -> settings.min(1).max(4).idleTime(Duration.ofNanos(1))));
    List<PooledInstance> all = List.of(pool.borrow(), pool.borrow(), pool.borrow());
    all.forEach(pool::release);
    await()
        .untilAsserted(
            () -> {
              pool.trim();
              assertThat(pool.stats().idle()).isEqualTo(1);
            });
  }

  @Test
  void anInstanceThatGrewTooMuchIsThrownAway() {
    InstancePool pool = pool(SETTINGS);
    PooledInstance grown = pool.borrow();
    ((IdleInstance) grown.instance()).memory += (16 << 20) + 1;
    pool.release(grown);
    assertThat(pool.stats().idle()).isZero();
    assertThat(pool.stats().discarded()).isEqualTo(1);
  }

  @Test
  void howMuchAnInstanceMayGrowIsASetting() {
    InstancePool pool = pool(SETTINGS.with(settings -> settings.recycleAbove(0)));
    PooledInstance same = pool.borrow();
    pool.release(same);
    assertThat(pool.stats().idle()).isOne();
    PooledInstance grown = pool.borrow();
    ((IdleInstance) grown.instance()).memory++;
    pool.release(grown);
    assertThat(pool.stats().idle()).isZero();
  }

  @Test
  void theMinimumIsMadeAtOnce() {
    InstancePool pool = pool(SETTINGS.with(settings -> settings.min(2).max(4)));
    pool.fill();
    assertThat(pool.stats().idle()).isEqualTo(2);
  }

  @Test
  void preparedInstancesStayHoweverLongTheyAreIdle() {
    InstancePool pool =
        pool(
            SETTINGS.with(
                settings -> settings.min(0).max(4).prepared(2).idleTime(Duration.ofNanos(1))));
    List<PooledInstance> all = List.of(pool.borrow(), pool.borrow(), pool.borrow(), pool.borrow());
    all.forEach(pool::release);
    await()
        .untilAsserted(
            () -> {
              pool.trim();
              assertThat(pool.stats().idle()).isEqualTo(2);
            });
    for (int i = 0; i < 100; i++) {
      pool.trim();
    }
    assertThat(pool.stats().idle()).isEqualTo(2);
    assertThat(pool.stats().created()).isEqualTo(4);
  }

  @Test
  void whoLooksAfterThePoolCompletesTheStock() {
    InstancePool pool =
        pool(
            SETTINGS.with(
                settings -> settings.reset(WasmResetPolicy.FRESH).min(0).max(8).prepared(4)));
    pool.fill();
    await().until(() -> pool.stats().idle() == 4);
    pool.release(pool.borrow());
    assertThat(pool.stats().idle()).isEqualTo(3);

    pool.trim();

    await().until(() -> pool.stats().idle() == 4);
  }

  @Test
  void aClosedPoolPreparesNothing() {
    InstancePool pool = pool(SETTINGS.with(settings -> settings.min(0).max(4).prepared(4)));
    pool.close();
    pool.fill();
    pool.trim();

    AtomicBoolean later = new AtomicBoolean();
    assertThat(this.stockKeeper.later(() -> later.set(true))).isTrue();
    await().untilTrue(later);
    assertThat(pool.stats().created()).isZero();
  }

  /** Without a call that runs the watchdog would sleep. */
  @Test
  void theWatchdogLooksAsLongAsSomebodyWaits() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    AtomicReference<@Nullable Thread> own = new AtomicReference<>();
    this.watchdog.everyTick(
        () -> {
          own.set(Thread.currentThread());
          looks.incrementAndGet();
          return false;
        });
    InstancePool pool = pool(SETTINGS.with(all -> all.min(0).max(1)));
    PooledInstance only = pool.borrow();
    await()
        .until(
            () -> {
              Thread watching = own.get();
              return watching != null && watching.getState() == Thread.State.WAITING;
            });
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      int before = looks.get();
      Future<PooledInstance> waiting = thread.submit(pool::borrow);

      await().atMost(Duration.ofSeconds(30)).untilAtomic(looks, greaterThan(before + 250));

      pool.release(only);
      assertThat(waiting.get()).isSameAs(only);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void anInstanceThatCannotBeClosedMakesRoomForTheNext() {
    InstancePool pool =
        pool(
            SETTINGS.with(all -> all.min(0).max(1).borrowTimeout(Duration.ofMillis(1))),
            () ->
                new IdleInstance() {
                  @Override
                  public void close() {
                    throw new IllegalStateException("test");
                  }
                });
    PooledInstance broken = pool.borrow();
    broken.breakDown(WasmErrorCategory.TRAP);
    pool.release(broken);

    assertThat(pool.borrow()).isNotSameAs(broken);
    assertThat(pool.stats().discarded()).isOne();
  }

  @Test
  void aBorrowerNeedsNoThreadThatMakesOthersAhead() {
    AtomicBoolean full = new AtomicBoolean(true);
    ThreadFactory threads =
        work -> {
          if (full.get()) {
            throw new OutOfMemoryError("test");
          }
          return new Thread(work);
        };
    try (StockKeeper keeper = new StockKeeper(threads)) {
      InstancePool pool =
          pool(SETTINGS.with(all -> all.min(0).max(3).prepared(2)), IdleInstance::new, keeper);
      pool.release(pool.borrow());

      full.set(false);
      pool.trim();

      await().until(() -> pool.stats().idle() == 2);
    }
  }

  @Test
  void anInstanceWithoutAStackTakesNoMemory() {
    MemoryBudget budget = MemoryBudget.ofDefaultSize();
    InstancePool pool =
        pool(
            SETTINGS.with(all -> all.min(0).max(1)),
            source(
                IdleInstance::new,
                () -> {
                  throw new IllegalStateException("test");
                },
                null),
            budget,
            this.stockKeeper);

    assertThatIllegalStateException().isThrownBy(pool::borrow);

    assertThat(budget.used()).isZero();
  }

  /** The thread of the caller may be a virtual one that has no carrier now. */
  @Test
  void theWatchdogStopsTheThreadOnWhichTheGuestRuns() {
    GuestStack stack = new GuestStack("test", 1 << 20);
    InstancePool pool =
        pool(
            SETTINGS.with(all -> all.min(0).max(1)),
            source(IdleInstance::new, () -> stack, new GuestProgram("test", null, Map.of())),
            MemoryBudget.ofDefaultSize(),
            this.stockKeeper);

    boolean itself =
        pool.run(
            pool.borrow(),
            CallWatchdog.ticks(Duration.ofSeconds(30)),
            null,
            instance ->
                stack.isCurrent()
                    && this.watchdog.running().get(0).thread() == Thread.currentThread());

    assertThat(itself).isTrue();
    pool.close();
  }
}
