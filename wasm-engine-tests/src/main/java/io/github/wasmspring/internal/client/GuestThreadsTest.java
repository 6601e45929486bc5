package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.engine.WasmGuestExit;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Guests that start threads, good ones and bad ones; see threads.wat. */
class GuestThreadsTest {

  private static final int COUNT = 0;
  private static final int TRAP = 1;
  private static final int SPIN = 2;
  private static final int GROW = 3;
  private static final int WAIT = 4;
  private static final int RECURSE = 5;
  private static final int WORK = 6;
  private static final int START_ANOTHER = 7;
  private static final int GROW_TABLE = 8;
  private static final int EXIT = 9;

  private static final int DATA = 1044;

  private static final Set<String> ANSWERS_NOTHING =
      Set.of("spawn_and_spin", "spawn_and_trap", "spawn_and_exit", "deadlock");

  private static final WasmFunctionType I32_TO_I32 =
      new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.I32));
  private static final WasmFunctionType NOTHING = new WasmFunctionType(List.of(), List.of());

  private final TestRuntime runtime = new TestRuntime();
  private WasmHostFunction work = (caller, arguments) -> new long[] {arguments[0] * 10};

  @BeforeEach
  void skipWithoutThreads() {
    TestEngines.assumeRuns(Guests.bytes("threads"));
  }

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    this.runtime.close();
    awaitEnd();
    assertThat(this.runtime.budget.used()).isZero();
    assertThat(Thread.interrupted()).isFalse();
  }

  private static void awaitEnd() throws InterruptedException {
    for (Thread thread : guestThreads()) {
      thread.join(30_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  private static List<Thread> guestThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("wasm-thread-"))
        .toList();
  }

  private WasmModuleDescriptor.Builder module(String name) {
    return guest(name)
        .imports(
            new WasmImportDefinition(
                "host", "work", I32_TO_I32, (caller, args) -> this.work.call(caller, args)),
            new WasmImportDefinition(
                "host",
                "exit",
                NOTHING,
                (caller, args) -> {
                  throw new WasmGuestExit(4);
                }));
  }

  private void with(String name, WasmEngineMode mode, Consumer<WasmModuleSettings.Builder> change) {
    this.runtime.with(
        module(name)
            .settings(
                settings ->
                    change.accept(
                        settings
                            .engineMode(mode)
                            .pool(pool -> pool.min(0).max(1))
                            .limits(
                                limits ->
                                    limits
                                        .guestThreads(3)
                                        .timeout(Duration.ofSeconds(10))
                                        .memory(1 << 20)))));
  }

  private void with(WasmEngineMode mode) {
    with("threads", mode, settings -> {});
  }

  private int call(String operation, Object... arguments) {
    return this.runtime
        .manager
        .module("threads")
        .operation(operation)
        .arguments(arguments)
        .retrieve(int.class)
        .value();
  }

  private void run(String operation, Object... arguments) {
    run(Duration.ofSeconds(10), operation, arguments);
  }

  private void runShortly(String operation, Object... arguments) {
    run(Duration.ofMillis(50), operation, arguments);
  }

  private void run(Duration timeout, String operation, Object... arguments) {
    this.runtime
        .manager
        .module("threads")
        .operation(operation)
        .arguments(arguments)
        .timeout(timeout)
        .retrieve(ANSWERS_NOTHING.contains(operation) ? void.class : int.class);
  }

  @ParameterizedTest
  @CsvSource({
    "threads, COMPILED",
    "threads, INTERPRETER",
    "threads-own-memory, COMPILED",
    "threads-own-memory, INTERPRETER"
  })
  void aThreadSharesTheMemoryAndNothingElse(String name, WasmEngineMode mode) {
    with(name, mode, settings -> {});

    try (WasmSession session = this.runtime.manager.open(name)) {
      session.call("store", DATA, 99);
      assertThat(session.call("spawn_and_await", COUNT)).containsExactly(1);
      assertThat(session.call("spawn_and_await", COUNT)).containsExactly(2);

      // Both instances of threads ran the start function, and the global of the first is its own.
      assertThat(session.memory().readInt(1032)).isEqualTo(3);
      assertThat(session.memory().readInt(1040)).isEqualTo(2);
      assertThat(session.call("mine")).containsExactly(7);
      assertThat(session.call("load", DATA)).containsExactly(99);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void aCallIsOverWhenItsThreadsAre(WasmEngineMode mode) {
    CountDownLatch entered = new CountDownLatch(1);
    this.work =
        (caller, arguments) -> {
          entered.countDown();
          return new long[] {arguments[0] * 10};
        };
    with(mode);

    try (WasmSession session = this.runtime.manager.open("threads")) {
      session.call("spawn", WORK);

      assertThat(entered.getCount()).isZero();
      assertThat(session.memory().readInt(1036)).isEqualTo(10);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void aThreadCanStartAnother(WasmEngineMode mode) {
    with(mode, settings -> settings.pool(pool -> pool.reset(WasmResetPolicy.NONE)));

    run("spawn", START_ANOTHER);

    assertThat(call("load", 1024)).isEqualTo(2);
  }

  private void with(WasmEngineMode mode, Consumer<WasmModuleSettings.Builder> change) {
    with("threads", mode, change);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void nextCallFindsTheMemoryAsItWasAtFirst(WasmEngineMode mode) {
    with(mode);

    call("spawn_and_await", GROW);
    assertThat(call("load", 1024)).isZero();
    assertThat(call("pages")).isEqualTo(2);
    assertThat(call("spawn_and_await", GROW)).isEqualTo(1);

    assertThat(this.runtime.manager.status("threads").get(0).pool().created()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void aThreadThatTrapsFailsTheCall(WasmEngineMode mode) {
    with(mode);

    for (String operation : List.of("spawn", "spawn_and_await", "spawn_and_spin")) {
      WasmException trap = failure(WasmErrorCategory.TRAP, () -> run(operation, TRAP));

      assertThat(trap).hasMessageMatching(".*in thread [12] of the guest: the guest trapped.*");
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(call("spawn_and_await", COUNT)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void aThreadThatRecursesTooDeeplyFailsTheCall(WasmEngineMode mode) {
    with(mode);

    failure(WasmErrorCategory.STACK_OVERFLOW, () -> run("spawn_and_await", RECURSE));
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void aThreadThatExitsEndsTheWholeGuest(WasmEngineMode mode) {
    with(mode);

    assertThat(failure(WasmErrorCategory.TRAP, () -> run("spawn_and_spin", EXIT)))
        .hasRootCauseInstanceOf(WasmGuestExit.class)
        .hasMessageContaining("exit code 4");
  }

  @ParameterizedTest
  @CsvSource({
    "COMPILED, spawn, 2",
    "COMPILED, spawn_and_await, 2",
    "COMPILED, spawn_and_spin, 2",
    "COMPILED, spawn, 4",
    "COMPILED, spawn_and_await, 4",
    "INTERPRETER, spawn, 2",
    "INTERPRETER, spawn_and_await, 2",
    "INTERPRETER, spawn_and_spin, 2",
    "INTERPRETER, spawn, 4",
    "INTERPRETER, spawn_and_await, 4"
  })
  void theDeadlineHoldsForThreadsToo(WasmEngineMode mode, String operation, int what) {
    with(mode);
    int before = guestThreads().size();

    failure(WasmErrorCategory.TIMEOUT, () -> runShortly(operation, what));

    assertThat(before).isZero();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(call("spawn_and_await", COUNT)).isEqualTo(1);
    assertThat(this.runtime.manager.status("threads").get(0).pool().discarded()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void aDeadlockEndsAtTheDeadline(WasmEngineMode mode) {
    with(mode);

    long start = System.nanoTime();
    failure(WasmErrorCategory.TIMEOUT, () -> runShortly("deadlock"));

    // The promise is 50 ms past the limit; on a machine that does something else it takes longer.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(call("notify_nobody")).isZero();
  }

  @ParameterizedTest
  @CsvSource({"COMPILED, 2", "COMPILED, 4", "INTERPRETER, 2", "INTERPRETER, 4"})
  void aCallThatFailsStopsItsThreads(WasmEngineMode mode, int what) {
    with(mode);

    failure(WasmErrorCategory.TRAP, () -> run("spawn_and_trap", what));
    assertThat(failure(WasmErrorCategory.TRAP, () -> run("spawn_and_exit", what)))
        .hasMessageContaining("exit code 4");

    assertThat(call("spawn_and_await", COUNT)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void aBombGetsAsManyThreadsAsTheLimitAllows(WasmEngineMode mode) {
    with(mode);

    failure(WasmErrorCategory.TIMEOUT, () -> runShortly("spawn_bomb", SPIN, 10_000));
    AtomicInteger most = new AtomicInteger();
    AtomicInteger working = new AtomicInteger();
    this.work =
        (caller, arguments) -> {
          most.accumulateAndGet(working.incrementAndGet(), Math::max);
          Thread.yield();
          working.decrementAndGet();
          return new long[] {0};
        };
    assertThat(call("spawn_bomb", WORK, 3)).isEqualTo(3);

    assertThat(most).hasPositiveValue().hasValueLessThanOrEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void aThreadTooManyIsRefusedWithAnError(WasmEngineMode mode) {
    AtomicInteger answer = new AtomicInteger();
    this.work =
        (caller, arguments) -> {
          answer.set((int) caller.call("spawn", COUNT)[0]);
          return new long[] {0};
        };
    with(mode, settings -> settings.limits(limits -> limits.guestThreads(1)));

    failure(WasmErrorCategory.TIMEOUT, () -> runShortly("spawn_and_work", WAIT));

    assertThat(answer).hasValue(-6);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void memoryAndTablesOfAllThreadsCountTogether(WasmEngineMode mode) {
    with(
        mode,
        settings ->
            settings
                .pool(pool -> pool.reset(WasmResetPolicy.NONE))
                .limits(limits -> limits.memory(5 << 16).tableElements(25)));

    call("spawn_and_await", GROW);
    assertThat(call("pages")).isEqualTo(5);
    assertThat(call("load", 1028)).isEqualTo(5);
    assertThat(call("load", (5 << 16) - 4)).isEqualTo(77);
    // A table each: there is room for two, and what a thread had is free again when it ends.
    assertThat(call("spawn_and_await", GROW_TABLE)).isEqualTo(2);
    assertThat(call("spawn_and_await", GROW_TABLE)).isEqualTo(3);
    // Engines take four or eight bytes for an element.
    assertThat(this.runtime.budget.used() - (5 << 16)).isIn(10 * 4L, 10 * 8L);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void theMaximumOfTheMemoryIsPaidForWhenTheFirstThreadStarts(WasmEngineMode mode) {
    with("threads", mode, settings -> settings.pool(pool -> pool.min(1).max(1)));
    assertThat(call("pages")).isEqualTo(2);
    assertThat(this.runtime.budget.used()).isLessThan(4 << 16);

    assertThat(call("spawn_and_await", COUNT)).isEqualTo(1);
    assertThat(this.runtime.budget.used()).isGreaterThanOrEqualTo(8 << 16);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void withoutRoomForTheMaximumThreadsWorkInTheMemoryThatIsThere(WasmEngineMode mode) {
    try (TestRuntime small = new TestRuntime(new MemoryBudget(5 << 16))) {
      small.with(
          module("threads")
              .settings(
                  settings ->
                      settings
                          .engineMode(mode)
                          .pool(pool -> pool.reset(WasmResetPolicy.NONE))
                          .limits(limits -> limits.guestThreads(1))));
      Function<Integer, Integer> spawn =
          what ->
              small
                  .manager
                  .module("threads")
                  .operation("spawn_and_await")
                  .arguments(what)
                  .retrieve(int.class)
                  .value();

      assertThat(spawn.apply(COUNT)).isEqualTo(1);
      assertThat(spawn.apply(GROW)).isEqualTo(2);
      assertThat(
              small
                  .manager
                  .module("threads")
                  .operation("pages")
                  .arguments()
                  .retrieve(int.class)
                  .value())
          .isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void tablesThatHaveNoRoomRefuseTheThread(WasmEngineMode mode) {
    with(mode, settings -> settings.limits(limits -> limits.tableElements(19)));

    assertThat(call("spawn", COUNT)).isEqualTo(-6);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void hostFunctionsSeeOneThreadAtATime(WasmEngineMode mode) {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    this.work =
        (caller, arguments) -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          int[] calls = caller.attribute(int[].class, () -> new int[1]);
          calls[0]++;
          Thread.yield();
          inside.decrementAndGet();
          return new long[] {calls[0]};
        };
    with(mode);

    try (WasmSession session = this.runtime.manager.open("threads")) {
      for (int round = 0; round < 20; round++) {
        session.call("spawn_bomb", WORK, 3);
      }
      int ran = session.memory().readInt(1024);
      assertThat(session.call("spawn_and_work", COUNT)).containsExactly(ran + 1);
    }
    assertThat(most).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void aHostFunctionThatIgnoresInterruptsEndsItsThreadWhenItReturns(WasmEngineMode mode) {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    this.work =
        (caller, arguments) -> {
          begun.countDown();
          boolean over = false;
          while (!over) {
            try {
              end.await();
              over = true;
            } catch (InterruptedException ignored) {
              over = false;
            }
          }
          return new long[] {0};
        };
    with(mode);

    try {
      do {
        // A busy machine may start the thread after the deadline.
        failure(WasmErrorCategory.TIMEOUT, () -> runShortly("spawn_and_spin", WORK));
      } while (begun.getCount() > 0);
      assertThat(guestThreads()).hasSize(1);
      assertThat(this.runtime.manager.status("threads").get(0).pool().threads()).isEqualTo(1);
    } finally {
      end.countDown();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void aProgramIsOverWhenItsMainFunctionIs(WasmEngineMode mode) throws InterruptedException {
    with("threads-program", mode, settings -> settings.wasi(wasi -> wasi.enabled(true)));

    this.runtime.manager.module("threads-program").operation("run").retrieve(void.class);
    this.runtime.manager.module("threads-program").operation("run").retrieve(void.class);

    awaitEnd();
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void threadsOfTheStartFunctionAreWaitedForToo(WasmEngineMode mode) {
    with(
        "threads-start-spawns",
        mode,
        settings -> settings.limits(limits -> limits.timeout(Duration.ofMillis(50))));

    for (int round = 0; round < 3; round++) {
      failure(WasmErrorCategory.TIMEOUT, () -> this.runtime.manager.open("threads-start-spawns"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "threads, 0, may not have any; set limits.guest-threads to",
    "threads-unshared, 2, has no shared memory",
    "threads-startless, 2, does not export wasi_thread_start"
  })
  void aModuleThatCanHaveNoThreadsIsRefused(String name, int threads, String why) {
    this.runtime.with(
        module(name).settings(settings -> settings.limits(limits -> limits.guestThreads(threads))));

    assertThat(failure(WasmLinkException.class, () -> this.runtime.manager.open(name)))
        .hasMessageContaining("imports wasi.thread-spawn (i32) -> i32 to start threads")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @EnumSource(
      value = WasmEngineMode.class,
      names = {"INTERPRETER", "COMPILED"})
  void aCallThroughATableIsOverWhenItsThreadsAre(WasmEngineMode mode) {
    with(mode);
    try (WasmSession session = this.runtime.manager.open("threads")) {
      assertThat(session.table("callbacks").call(1, COUNT)).containsExactly(1);
      assertThat(session.memory().readInt(1024)).isOne();
    }
    try (WasmSession session = this.runtime.manager.open("threads")) {
      WasmException trap =
          failure(WasmErrorCategory.TRAP, () -> session.table("callbacks").call(1, TRAP));
      assertThat(trap).hasMessageContaining("in thread ").hasMessageContaining("callbacks[1]");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WasmEngineMode.class,
      names = {"INTERPRETER", "COMPILED"})
  void theDeadlineOfACallThroughATableStopsItsThreads(WasmEngineMode mode) {
    with(
        "threads",
        mode,
        settings -> settings.limits(limits -> limits.timeout(Duration.ofMillis(100))));
    try (WasmSession session = this.runtime.manager.open("threads")) {
      failure(WasmErrorCategory.TIMEOUT, () -> session.table("callbacks").call(1, SPIN));
    }
  }
}
