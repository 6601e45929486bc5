package io.github.wasmspring;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.pool.PoolStats;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults that libraries like this one have had, each shown to be absent here. */
@Timeout(120)
class RivalFaultsTest {

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private static WasmModuleDescriptor.Builder pooled(String guest, int max) {
    return guest(guest).settings(settings -> settings.pool(pool -> pool.min(0).max(max)));
  }

  private static WasmModuleDescriptor.Builder oneInstance(String guest, WasmResetPolicy reset) {
    return guest(guest)
        .settings(settings -> settings.pool(pool -> pool.min(0).max(1).reset(reset)));
  }

  private int call(String module, String operation, Object... arguments) {
    return this.runtime
        .manager
        .module(module)
        .operation(operation)
        .arguments(arguments)
        .retrieve(Integer.class)
        .value();
  }

  private void run(String module, String operation, Object... arguments) {
    this.runtime
        .manager
        .module(module)
        .operation(operation)
        .arguments(arguments)
        .retrieve(void.class);
  }

  private PoolStats pool(String module) {
    return this.runtime.manager.status(module).get(0).pool();
  }

  // A pool whose state leaks from one borrower to the next

  @ParameterizedTest
  @CsvSource({
    "bump_global, MEMORY",
    "bump_memory, MEMORY",
    "bump_global, FRESH",
    "bump_memory, FRESH"
  })
  void stateDoesNotLeakFromOneBorrowerToTheNext(String operation, WasmResetPolicy policy) {
    this.runtime.with(oneInstance("state", policy));

    assertThat(
            List.of(call("state", operation), call("state", operation), call("state", operation)))
        .containsExactly(1, 1, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bump_global", "bump_memory"})
  void stateStaysWhereTheModuleIsConfiguredToKeepIt(String operation) {
    this.runtime.with(oneInstance("state", WasmResetPolicy.NONE));

    assertThat(List.of(call("state", operation), call("state", operation))).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bump_global", "bump_memory"})
  void whatASessionLeavesBehindIsGoneWhereSessionsAreReset(String operation) {
    this.runtime.with(oneInstance("state", WasmResetPolicy.SESSION));
    call("state", operation);

    try (WasmSession session = this.runtime.manager.open("state")) {
      assertThat(session.call(operation)).containsExactly(2);
    }

    assertThat(List.of(call("state", operation), call("state", operation))).containsExactly(1, 2);
    assertThat(pool("state").created()).isEqualTo(1);
  }

  @Test
  void resettingReusesTheInstance() {
    this.runtime.with(oneInstance("state", WasmResetPolicy.MEMORY));

    call("state", "bump_memory");
    call("state", "bump_memory");

    assertThat(pool("state").created()).isEqualTo(1);
  }

  @Test
  void aFreshInstanceIsMadeForEveryBorrower() {
    this.runtime.with(oneInstance("state", WasmResetPolicy.FRESH));

    call("state", "bump_memory");
    call("state", "bump_memory");

    assertThat(pool("state").created()).isEqualTo(2);
    assertThat(pool("state").idle()).isZero();
  }

  @Test
  void memoryThatABorrowerGrewIsNotSeenByTheNext() {
    this.runtime.with(oneInstance("state", WasmResetPolicy.MEMORY));

    call("state", "grow", 3);

    assertThat(call("state", "pages")).isEqualTo(1);
  }

  @Test
  void whatABorrowerWroteBeyondTheInitialMemoryIsGone() {
    this.runtime.with(oneInstance("state", WasmResetPolicy.MEMORY));
    try (WasmSession first = this.runtime.manager.open("state")) {
      first.call("grow", 1);
      first.call("poke", 70_000, 77);
    }

    try (WasmSession second = this.runtime.manager.open("state")) {
      second.call("grow", 1);
      assertThat(second.call("peek", 70_000)).containsExactly(0);
    }
  }

  @Test
  void aTableThatABorrowerChangedIsRestored() {
    this.runtime.with(oneInstance("state", WasmResetPolicy.MEMORY));

    run("state", "swap_table");

    assertThat(call("state", "call_table", 0)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grow_table", "drop_data", "drop_elements"})
  void whatABorrowerGrewOrDroppedIsAsBefore(String operation) {
    this.runtime.with(oneInstance("state", WasmResetPolicy.MEMORY));
    long[] first;
    try (WasmSession session = this.runtime.manager.open("state")) {
      first = session.call(operation);
    }

    try (WasmSession session = this.runtime.manager.open("state")) {
      assertThat(session.call(operation)).isEqualTo(first);
    }
    run("state", "init_data");
  }

  @Test
  void attributesOfAHostFunctionDoNotLeak() {
    List<Integer> seen = new ArrayList<>();
    this.runtime.with(
        oneInstance("imports", WasmResetPolicy.MEMORY)
            .imports(
                new io.github.wasmspring.module.WasmImportDefinition(
                    "env",
                    "answer",
                    new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.I32)),
                    (caller, arguments) -> {
                      seen.add(
                          caller
                              .attribute(AtomicInteger.class, AtomicInteger::new)
                              .incrementAndGet());
                      return arguments;
                    }),
                new io.github.wasmspring.module.WasmImportDefinition(
                    "env",
                    "mix",
                    new WasmFunctionType(
                        List.of(WasmValueType.I64, WasmValueType.F32, WasmValueType.F64),
                        List.of(WasmValueType.F64)),
                    (caller, arguments) -> new long[1])));

    call("imports", "ask", 1);
    call("imports", "ask", 1);

    assertThat(seen).containsExactly(1, 1);

    try (WasmSession session = this.runtime.manager.open("imports")) {
      session.attribute(AtomicInteger.class, AtomicInteger::new).set(40);
      session.call("ask", 1);
    }
    call("imports", "ask", 1);

    assertThat(seen).containsExactly(1, 1, 41, 1);
  }

  // A trapped instance returned to the pool and reused

  @Test
  void aTrappedInstanceIsNeverReused() {
    this.runtime.with(oneInstance("state", WasmResetPolicy.NONE));
    call("state", "bump_global");

    failure(WasmErrorCategory.TRAP, () -> run("state", "fail"));

    assertThat(call("state", "bump_global")).isEqualTo(1);
    assertThat(pool("state").discarded()).isEqualTo(1);
    assertThat(this.runtime.events(WasmEvent.InstanceDiscarded.class))
        .containsExactly(new WasmEvent.InstanceDiscarded("state", "1.0.0", WasmErrorCategory.TRAP));
  }

  @Test
  void aSessionWhoseInstanceTrappedCanOnlyBeClosed() {
    this.runtime.with(oneInstance("state", WasmResetPolicy.NONE));

    try (WasmSession session = this.runtime.manager.open("state")) {
      failure(WasmErrorCategory.TRAP, () -> session.call("fail"));
      assertThatIllegalStateException()
          .isThrownBy(() -> session.call("nothing"))
          .withMessageContaining("broke down");
    }
    assertThat(pool("state").idle()).isZero();
  }

  // A handle that still works after its instance was returned

  interface State {
    int bumpGlobal();
  }

  @Test
  void aClosedSessionCannotBeCalled() {
    this.runtime.with(oneInstance("state", WasmResetPolicy.MEMORY));
    WasmSession session = this.runtime.manager.open("state");
    session.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> session.call("bump_global"))
        .withMessageContaining("closed");
  }

  @Test
  void aProxyOfAClosedSessionCannotBeCalled() {
    this.runtime.with(oneInstance("state", WasmResetPolicy.MEMORY));
    WasmSession session = this.runtime.manager.open("state");
    State state = session.bind(State.class);
    session.close();

    assertThatIllegalStateException().isThrownBy(state::bumpGlobal).withMessageContaining("closed");
  }

  @Test
  void theMemoryOfAClosedSessionCannotBeUsed() {
    this.runtime.with(oneInstance("state", WasmResetPolicy.MEMORY));
    WasmSession session = this.runtime.manager.open("state");
    WasmMemory memory = session.memory();
    session.close();

    assertThatIllegalStateException().isThrownBy(() -> memory.readInt(0));
    assertThatIllegalStateException().isThrownBy(() -> memory.writeByte(0, (byte) 1));
    assertThatIllegalStateException().isThrownBy(memory::size);
  }

  @Test
  void nothingCanBeBoundToAClosedSession() {
    this.runtime.with(oneInstance("state", WasmResetPolicy.MEMORY));
    WasmSession session = this.runtime.manager.open("state");
    session.close();

    assertThatIllegalStateException().isThrownBy(() -> session.bind(State.class));
    assertThatIllegalStateException().isThrownBy(session::memory);
  }

  @Test
  void closingASessionTwiceGivesItsInstanceBackOnce() {
    this.runtime.with(pooled("state", 2));
    WasmSession session = this.runtime.manager.open("state");

    session.close();
    session.close();

    assertThat(pool("state").idle()).isEqualTo(1);
    assertThat(pool("state").inUse()).isZero();
  }

  @Test
  void closingASessionDuringACallGivesTheInstanceBackAfterIt() throws Exception {
    this.runtime.with(
        oneInstance("trouble", WasmResetPolicy.MEMORY)
            .settings(
                settings -> settings.limits(limits -> limits.timeout(Duration.ofMillis(300)))));
    WasmSession session = this.runtime.manager.open("trouble");
    Thread caller = new Thread(() -> failure(() -> session.call("spin")));
    caller.start();
    Awaitility.await().until(() -> isRunningGuest(caller));

    session.close();

    assertThat(pool("trouble").inUse()).isEqualTo(1);
    caller.join();
    assertThat(pool("trouble").inUse()).isZero();
    assertThat(pool("trouble").idle()).isZero();
  }

  private static boolean isRunningGuest(Thread thread) {
    String engine = TestEngines.create().getClass().getPackageName();
    String inside = engine.replace(".engine.", ".internal.engine.");
    for (StackTraceElement element : thread.getStackTrace()) {
      if (element.getClassName().startsWith(engine) || element.getClassName().startsWith(inside)) {
        return true;
      }
    }
    return false;
  }

  // "Pool exhausted" thrown below capacity under contention

  @Test
  void nobodyIsRejectedWhileInstancesBecomeFree() throws Exception {
    int threads = 16;
    int callsPerThread = 400;
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    this.runtime.with(
        pooled("imports", 4)
            .settings(settings -> settings.pool(pool -> pool.borrowTimeout(Duration.ofSeconds(60))))
            .imports(
                new io.github.wasmspring.module.WasmImportDefinition(
                    "env",
                    "answer",
                    new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.I32)),
                    (caller, arguments) -> {
                      most.accumulateAndGet(running.incrementAndGet(), Math::max);
                      Thread.yield();
                      running.decrementAndGet();
                      return arguments;
                    }),
                new io.github.wasmspring.module.WasmImportDefinition(
                    "env",
                    "mix",
                    new WasmFunctionType(
                        List.of(WasmValueType.I64, WasmValueType.F32, WasmValueType.F64),
                        List.of(WasmValueType.F64)),
                    (caller, arguments) -> new long[1])));
    CyclicBarrier barrier = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Integer>> sums = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        sums.add(
            executor.submit(
                () -> {
                  barrier.await();
                  int sum = 0;
                  for (int i = 0; i < callsPerThread; i++) {
                    sum += call("imports", "ask", 1);
                  }
                  return sum;
                }));
      }
      for (Future<Integer> sum : sums) {
        assertThat(sum.get(60, TimeUnit.SECONDS)).isEqualTo(callsPerThread);
      }
    } finally {
      executor.shutdownNow();
    }

    assertThat(most.get()).isBetween(1, 4);
    assertThat(pool("imports").rejected()).isZero();
    assertThat(pool("imports").created()).isLessThanOrEqualTo(4);
    assertThat(pool("imports").inUse()).isZero();
  }

  @Test
  void nobodyIsRejectedBelowCapacityEvenWithoutWaiting() throws Exception {
    int threads = 4;
    this.runtime.with(
        pooled("state", threads)
            .settings(settings -> settings.pool(pool -> pool.borrowTimeout(Duration.ZERO))));
    CyclicBarrier barrier = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        done.add(
            executor.submit(
                () -> {
                  barrier.await();
                  for (int i = 0; i < 2000; i++) {
                    call("state", "bump_global");
                  }
                  return null;
                }));
      }
      for (Future<?> each : done) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      executor.shutdownNow();
    }

    assertThat(pool("state").rejected()).isZero();
  }

  @Test
  void whoWaitsTooLongIsToldWhy() {
    this.runtime.with(
        pooled("state", 1)
            .settings(
                settings -> settings.pool(pool -> pool.borrowTimeout(Duration.ofMillis(20)))));

    try (WasmSession holder = this.runtime.manager.open("state")) {
      holder.call("nothing");
      assertThat(failure(WasmErrorCategory.REJECTED, () -> run("state", "nothing")))
          .hasMessageContaining("all 1 instances are in use")
          .hasMessageContaining("pool.max");
    }
    run("state", "nothing");
  }

  // Pool settings bound and never read

  @Test
  void theMinimumOfInstancesIsMadeWhenTheModuleIsLoaded() {
    this.runtime.with(guest("state").settings(s -> s.pool(pool -> pool.min(2).max(4))));

    this.runtime.manager.warmUp("state");

    assertThat(pool("state").idle()).isEqualTo(2);
  }

  @Test
  void anInstanceIsRecycledAfterAsManyBorrowersAsConfigured() {
    this.runtime.with(
        oneInstance("state", WasmResetPolicy.NONE)
            .settings(settings -> settings.pool(pool -> pool.recycleAfter(2))));

    assertThat(
            List.of(
                call("state", "bump_global"),
                call("state", "bump_global"),
                call("state", "bump_global")))
        .containsExactly(1, 2, 1);
  }

  @Test
  void idleInstancesAboveTheMinimumAreThrownAway() {
    this.runtime.with(
        pooled("state", 2)
            .settings(settings -> settings.pool(pool -> pool.idleTime(Duration.ZERO))));

    run("state", "nothing");

    Awaitility.await()
        .until(
            () -> {
              run("state", "nothing");
              return pool("state").discarded() > 0;
            });
  }

  // Limits accepted and ignored

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void growingPastTheMemoryLimitFails(WasmEngineMode mode) {
    this.runtime.with(
        guest("trouble")
            .settings(
                settings -> settings.engineMode(mode).limits(limits -> limits.memory(3 * 65536))));

    assertThat(call("trouble", "grow", 2)).isEqualTo(1);
    assertThat(call("trouble", "grow", 3)).isEqualTo(-1);
  }

  @Test
  void aMemoryLimitBelowWhatTheModuleStartsWithIsRefused() {
    this.runtime.with(
        guest("four-pages")
            .settings(settings -> settings.limits(limits -> limits.memory(3 * 65536))));

    assertThat(failure(WasmErrorCategory.MEMORY_LIMIT, () -> call("four-pages", "grow", 0)))
        .hasMessageContaining("262144")
        .hasMessageContaining("196608")
        .hasMessageContaining("limits.memory");
  }

  @ParameterizedTest
  @CsvSource({
    "COMPILED, spin",
    "INTERPRETER, spin",
    "COMPILED, spin_with_calls",
    "INTERPRETER, spin_with_calls"
  })
  void anEndlessLoopIsStopped(WasmEngineMode mode, String operation) {
    this.runtime.with(
        oneInstance("trouble", WasmResetPolicy.MEMORY)
            .settings(
                settings ->
                    settings
                        .engineMode(mode)
                        .limits(limits -> limits.timeout(Duration.ofMillis(50)))));

    failure(WasmErrorCategory.TIMEOUT, () -> run("trouble", operation));

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(call("trouble", "add", 20, 22)).isEqualTo(42);
  }

  @Test
  void anEndlessStartFunctionIsStopped() {
    this.runtime.with(
        guest("start-spins")
            .settings(
                settings -> settings.limits(limits -> limits.timeout(Duration.ofMillis(50)))));

    assertThat(failure(WasmErrorCategory.TIMEOUT, () -> run("start-spins", "nothing")))
        .hasMessageContaining("start function");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void argumentsAboveThePayloadLimitAreRefused() {
    this.runtime.with(
        guest("buffer").settings(settings -> settings.limits(limits -> limits.payload(10))));

    assertThat(call("buffer", "length", "0123456789")).isEqualTo(10);
    assertThat(
            failure(WasmErrorCategory.INVALID_INPUT, () -> call("buffer", "length", "0123456789a")))
        .hasMessageContaining("limits.payload");
  }

  @Test
  void anAnswerAboveTheOutputLimitIsRefused() {
    this.runtime.with(
        guest("buffer").settings(settings -> settings.limits(limits -> limits.output(10))));

    assertThat(
            failure(
                WasmErrorCategory.MEMORY_LIMIT,
                () ->
                    this.runtime
                        .manager
                        .module("buffer")
                        .operation("fill_text")
                        .input(11)
                        .retrieve(String.class)))
        .hasMessageContaining("limits.output");
  }

  @Test
  void anAnswerWithinTheOutputLimitIsGiven() {
    this.runtime.with(
        guest("buffer").settings(settings -> settings.limits(limits -> limits.output(10))));

    assertThat(
            this.runtime
                .manager
                .module("buffer")
                .operation("fill_text")
                .input(10)
                .retrieve(String.class)
                .value())
        .isEqualTo("x".repeat(10));
  }

  // A module parsed again on every call

  @Test
  void aModuleIsCompiledOnceForAllCallsAndInstances() {
    this.runtime.with(guest("state").settings(s -> s.pool(p -> p.reset(WasmResetPolicy.FRESH))));

    for (int i = 0; i < 20; i++) {
      call("state", "bump_global");
    }

    assertThat(this.runtime.engine.compilations).hasValue(1);
  }

  @Test
  void theSameBytesUnderTwoIdsAreCompiledOnce() {
    this.runtime
        .with(
            WasmModuleDescriptor.builder("one")
                .location(this.runtime.bytes.put("1", Guests.bytes("state"))))
        .with(
            WasmModuleDescriptor.builder("two")
                .location(this.runtime.bytes.put("2", Guests.bytes("state"))));

    call("one", "bump_global");
    call("two", "bump_global");

    assertThat(this.runtime.engine.compilations).hasValue(1);
  }

  @Test
  void manyThreadsThatComeFirstCompileOnce() throws Exception {
    this.runtime.with(pooled("state", 8));
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(
            executor.submit(
                () -> {
                  start.await();
                  return call("state", "bump_global");
                }));
      }
      start.countDown();
      for (Future<Integer> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(1);
      }
    } finally {
      executor.shutdownNow();
    }

    assertThat(this.runtime.engine.compilations).hasValue(1);
  }

  // An unknown name answered by a stack trace

  @Test
  void anUnknownConventionIsAnsweredWithTheNamesThatExist() {
    this.runtime.with(guest("scalar").convention("componnet"));

    WasmException failure = failure(WasmErrorCategory.INVALID, () -> call("scalar", "add", 1, 2));

    assertThat(failure)
        .hasMessageContaining("module 'scalar' 1.0.0")
        .hasMessageContaining("'componnet'")
        .hasMessageContaining("buffer, scalar");
  }

  @Test
  void anUnknownOperationIsAnsweredWithNearMatches() {
    this.runtime.with(guest("scalar"));

    WasmModuleNotFoundException failure =
        failure(
            WasmModuleNotFoundException.class,
            () -> this.runtime.manager.execute("scalar", "ad", 1, Map.of()));

    assertThat(failure.nearMatches()).contains("add");
    assertThat(failure.module()).isEqualTo("scalar");
  }
}
