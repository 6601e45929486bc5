package io.github.wasmspring.internal.sandbox;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.greaterThan;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class CallWatchdogTest {

  private final CallWatchdog watchdog = new CallWatchdog();
  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
    this.watchdog.close();
    Thread.interrupted();
  }

  private static void waitForInterrupt() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void interruptsACallThatIsTooLate() {
    CallGuard guard = this.watchdog.guard();
    long start = System.nanoTime();
    guard.enter(CallWatchdog.ticks(Duration.ofMillis(50)));

    waitForInterrupt();

    assertThat(guard.leave()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(45), Duration.ofSeconds(2));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void leavesACallAloneThatIsInTime() {
    CallGuard guard = this.watchdog.guard();
    guard.enter(CallWatchdog.ticks(Duration.ofSeconds(30)));

    assertThat(guard.leave()).isFalse();
  }

  @Test
  void wakesUpForTheFirstCallAfterALongPause() {
    CallGuard guard = this.watchdog.guard();
    Awaitility.await().until(CallWatchdogTest::allAsleep);

    guard.enter(CallWatchdog.ticks(Duration.ofMillis(20)));
    waitForInterrupt();

    assertThat(guard.leave()).isTrue();
  }

  private static boolean allAsleep() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> each.getName().equals("wasm-watchdog"))
        .allMatch(each -> each.getState() == Thread.State.WAITING);
  }

  @Test
  void keepsAnInterruptThatWasThereBefore() {
    CallGuard guard = this.watchdog.guard();
    Thread.currentThread().interrupt();
    guard.enter(1);
    while (!guard.isStopped()) {
      Thread.onSpinWait();
    }

    assertThat(guard.leave()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void interruptsAgainWhereTheFirstInterruptWasSwallowed() {
    CallGuard guard = this.watchdog.guard();
    guard.enter(CallWatchdog.ticks(Duration.ofMillis(10)));

    for (int i = 0; i < 3; i++) {
      waitForInterrupt();
      Thread.interrupted();
    }

    assertThat(guard.leave()).isTrue();
  }

  @Test
  void neverInterruptsAThreadWhoseCallHasEnded() {
    CallGuard guard = this.watchdog.guard();
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    int late = 0;
    int calls = 0;
    while (System.nanoTime() < end) {
      // Around the deadline of one tick, so that leaving and interrupting meet.
      guard.enter(1);
      long until = System.nanoTime() + calls % 11 * 1_000_000L;
      while (System.nanoTime() < until && !Thread.currentThread().isInterrupted()) {
        Thread.onSpinWait();
      }
      late += guard.leave() ? 1 : 0;
      calls++;
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    assertThat(late).isPositive();
    assertThat(calls).isGreaterThan(late);
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 2", "5, 2", "6, 3", "50, 11"})
  void roundsTimeoutsUpToTicks(long millis, long ticks) {
    assertThat(CallWatchdog.ticks(Duration.ofMillis(millis))).isEqualTo(ticks);
  }

  private static WasmModuleDescriptor.Builder calling(WasmHostFunction answer) {
    return guest("imports")
        .settings(settings -> settings.limits(limits -> limits.timeout(Duration.ofMillis(50))))
        .imports(
            new WasmImportDefinition(
                "env",
                "answer",
                new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.I32)),
                answer),
            new WasmImportDefinition(
                "env",
                "mix",
                new WasmFunctionType(
                    List.of(WasmValueType.I64, WasmValueType.F32, WasmValueType.F64),
                    List.of(WasmValueType.F64)),
                (caller, arguments) -> arguments));
  }

  @Test
  void stopsAGuestWhoseHostFunctionSwallowsTheInterrupt() {
    AtomicInteger swallowed = new AtomicInteger();
    this.runtime.with(
        calling(
            (caller, arguments) -> {
              if (Thread.interrupted() && swallowed.incrementAndGet() == 1) {
                return arguments;
              }
              if (swallowed.get() > 0) {
                Thread.currentThread().interrupt();
              }
              return arguments;
            }));

    failure(
        WasmErrorCategory.TIMEOUT,
        () ->
            this.runtime.manager.module("imports").operation("ask_for_ever").retrieve(void.class));

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void stopsAHostFunctionThatWaits() {
    this.runtime.with(
        calling(
            (caller, arguments) -> {
              new CountDownLatch(1).await();
              return arguments;
            }));

    failure(
        WasmErrorCategory.TIMEOUT,
        () -> this.runtime.manager.module("imports").operation("ask").input(1).retrieve(int.class));

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  interface Asking {

    int ask(int value);
  }

  /** Answers at once, but where {@code late} is asked for only when its time is over. */
  private static WasmModuleDescriptor.Builder answering(int late) {
    return calling(
        (caller, arguments) -> {
          if (arguments[0] == late) {
            waitForInterrupt();
            Thread.interrupted();
          }
          return arguments;
        });
  }

  @Test
  void anAnswerThatComesTooLateIsNone() {
    this.runtime.with(answering(7));

    failure(
        WasmErrorCategory.TIMEOUT,
        () -> this.runtime.manager.module("imports").operation("ask").input(7).retrieve(int.class));

    assertThat(this.runtime.manager.status("imports").get(0).pool().idle()).isZero();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anAnswerThatComesTooLateIsNoneWhereNumbersAreCalledDirectly() {
    this.runtime.with(
        answering(1_000)
            .settings(
                settings ->
                    settings
                        .engineMode(WasmEngineMode.COMPILED)
                        .limits(limits -> limits.timeout(Duration.ofSeconds(2)))));
    Asking asking = this.runtime.manager.bind(Asking.class, "imports", "*");
    for (int i = 0; i < 300; i++) {
      assertThat(asking.ask(i)).isEqualTo(i);
    }

    failure(WasmErrorCategory.TIMEOUT, () -> asking.ask(1_000));

    assertThat(this.runtime.manager.status("imports").get(0).pool().inUse()).isZero();
    assertThat(asking.ask(5)).isEqualTo(5);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("test"),
        new OutOfMemoryError("test"),
        new StackOverflowError("test"),
        new NoClassDefFoundError("test"),
        new Error("test"));
  }

  private void assertWatches() {
    assertStops(this.watchdog);
  }

  private static void assertStops(CallWatchdog watchdog) {
    CallGuard guard = watchdog.guard();
    guard.enter(CallWatchdog.ticks(Duration.ofMillis(10)));
    waitForInterrupt();
    assertThat(guard.leave()).isTrue();
  }

  private void failAtEachTick(Throwable failure) {
    this.watchdog.everyTick(
        () -> {
          CallWatchdogTest.<RuntimeException>sneak(failure);
          return false;
        });
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void goesOnWhateverIsThrownInItsThread(Throwable failure) {
    AtomicInteger looks = new AtomicInteger();
    failAtEachTick(failure);
    this.watchdog.everyTick(() -> looks.incrementAndGet() < 0);

    for (int i = 0; i < 3; i++) {
      assertWatches();
    }

    Awaitility.await().untilAtomic(looks, greaterThan(3));
  }

  @Test
  void isReplacedIfItsThreadEnds() {
    Set<Thread> ended = ConcurrentHashMap.newKeySet();
    try (CallWatchdog failing =
        new CallWatchdog(
            failure -> {
              // Whoever runs the tests may take for its own what a thread ends with.
              Thread.currentThread().setUncaughtExceptionHandler((thread, expected) -> {});
              ended.add(Thread.currentThread());
              throw new OutOfMemoryError("test");
            })) {
      failing.everyTick(CallWatchdogTest::overflow);

      assertStops(failing);
      Awaitility.await().until(() -> ended.stream().anyMatch(each -> !each.isAlive()));
      assertStops(failing);
    }
  }

  private static boolean overflow() {
    throw new StackOverflowError("test");
  }

  @Test
  void waitsOnAfterSomebodyInterruptsItsThread() {
    List<Thread> own = new CopyOnWriteArrayList<>();
    this.watchdog.everyTick(() -> !own.add(Thread.currentThread()));
    assertWatches();

    own.get(0).interrupt();

    assertWatches();
    Awaitility.await().until(() -> !own.get(0).isInterrupted());
  }
}
