package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmPriority;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmJavaFallback;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.pool.PoolStats;
import io.github.wasmspring.testing.TestRuntime;
import io.github.wasmspring.work.WasmQueuePolicy;
import io.github.wasmspring.work.WasmTask;
import io.github.wasmspring.work.WasmTaskExecutor;
import io.github.wasmspring.work.WasmTaskSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Callers that do not want the answer any more. */
@Timeout(120)
class CancellationTest {

  private static final WasmTaskSettings FOUR_THREADS =
      new WasmTaskSettings(4, 100_000, WasmQueuePolicy.REJECT, Duration.ZERO);

  @WasmModule("trouble")
  interface Trouble {

    int add(int first, int second);

    void spin();

    @WasmExport("spin")
    CompletableFuture<Void> spinLater();

    @WasmExport("spin")
    Mono<Void> spinMono();

    @WasmExport("add")
    Mono<Integer> addMono(int first, int second);

    @WasmExport("add")
    CompletableFuture<Integer> addLater(int first, int second);

    @WasmExport("add")
    CompletableFuture<Integer> addWhen(int first, int second, WasmCallOptions options);
  }

  private final TestRuntime runtime = new TestRuntime(new WasmTaskExecutor(FOUR_THREADS));

  @AfterEach
  void close() {
    this.runtime.close();
    assertThat(Thread.interrupted()).isFalse();
  }

  private static WasmModuleDescriptor.Builder trouble() {
    return guest("trouble")
        .settings(
            settings ->
                settings
                    .limits(limits -> limits.timeout(Duration.ofMinutes(10)))
                    .pool(pool -> pool.min(0).max(4)));
  }

  private Trouble bind(WasmModuleDescriptor.Builder module) {
    return this.runtime.with(module).manager.bind(Trouble.class);
  }

  private PoolStats pool(String module) {
    return this.runtime.manager.status(module).get(0).pool();
  }

  private void awaitGuest(String module) {
    Awaitility.await().until(() -> pool(module).inUse() == 1);
  }

  /** Nothing runs any more, and every instance is accounted for. */
  private PoolStats settled(String module) {
    Awaitility.await()
        .untilAsserted(
            () -> {
              assertThat(this.runtime.tasks.tasks(module, 10).tasks()).isEmpty();
              assertThat(this.runtime.tasks.tasks(module, 0).running()).isZero();
              assertThat(pool(module).inUse()).isZero();
            });
    PoolStats stats = pool(module);
    assertThat(stats.created() - stats.discarded()).isEqualTo(stats.idle());
    assertThat(stats.waiting()).isZero();
    return stats;
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void stopsAGuestThatRuns(WasmEngineMode mode) {
    Trouble trouble = bind(trouble().settings(settings -> settings.engineMode(mode)));
    trouble.add(1, 2);
    CompletableFuture<Void> answer = trouble.spinLater();
    awaitGuest("trouble");
    assertThat(this.runtime.tasks.tasks(10).tasks())
        .extracting(WasmTask::module, WasmTask::operation, WasmTask::state)
        .containsExactly(tuple("trouble", "spinLater", WasmTask.State.RUNNING));

    answer.cancel(true);

    assertThatThrownBy(answer::join).isInstanceOf(CancellationException.class);
    PoolStats stats = settled("trouble");
    assertThat(stats.discarded()).isOne();
    assertThat(this.runtime.events(WasmEvent.InstanceDiscarded.class))
        .extracting(WasmEvent.InstanceDiscarded::category)
        .containsExactly(WasmErrorCategory.INTERRUPTED);
    assertThat(this.runtime.events(WasmEvent.CallFailed.class))
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.category()).isEqualTo(WasmErrorCategory.INTERRUPTED);
              assertThat(failed.message()).contains("the call was cancelled");
            });
    assertThat(trouble.add(20, 22)).isEqualTo(42);
  }

  @Test
  void stopsAFluentCall() {
    this.runtime.with(trouble());
    CompletableFuture<WasmResult<Void>> answer =
        this.runtime
            .manager
            .module("trouble")
            .operation("spin")
            .priority(WasmPriority.LOW)
            .retrieveAsync(void.class);
    awaitGuest("trouble");
    assertThat(this.runtime.tasks.tasks(1).tasks().get(0).priority()).isEqualTo(WasmPriority.LOW);

    answer.cancel(false);

    assertThat(settled("trouble").discarded()).isOne();
  }

  @Test
  void stopsAGuestWhoseHostFunctionSwallowsTheInterrupt() {
    AtomicInteger swallowed = new AtomicInteger();
    WasmModuleDescriptor.Builder module =
        guest("imports")
            .settings(settings -> settings.limits(limits -> limits.timeout(Duration.ofMinutes(10))))
            .imports(
                new WasmImportDefinition(
                    "env",
                    "answer",
                    new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.I32)),
                    (caller, arguments) -> {
                      if (swallowed.get() < 3 && Thread.interrupted()) {
                        swallowed.incrementAndGet();
                      }
                      return arguments;
                    }),
                new WasmImportDefinition(
                    "env",
                    "mix",
                    new WasmFunctionType(
                        List.of(WasmValueType.I64, WasmValueType.F32, WasmValueType.F64),
                        List.of(WasmValueType.F64)),
                    (caller, arguments) -> arguments));
    this.runtime.with(module);
    CompletableFuture<WasmResult<Void>> answer =
        this.runtime.manager.module("imports").operation("ask_for_ever").retrieveAsync(void.class);
    awaitGuest("imports");

    answer.cancel(true);

    assertThat(settled("imports").discarded()).isOne();
  }

  @Test
  void endsTheWaitForAnInstanceAndLeavesTheOthersAlone() {
    Trouble trouble =
        bind(trouble().settings(settings -> settings.pool(pool -> pool.min(0).max(1))));
    try (WasmSession session = this.runtime.manager.open("trouble")) {
      CompletableFuture<Integer> waiting = trouble.addLater(1, 2);
      Awaitility.await().until(() -> pool("trouble").waiting() == 1);

      waiting.cancel(true);

      Awaitility.await().until(() -> pool("trouble").waiting() == 0);
      assertThat(session.call("add", 1, 2)).containsExactly(3);
    }
    assertThat(settled("trouble").discarded()).isZero();
    assertThat(trouble.add(1, 2)).isEqualTo(3);
  }

  interface WithFallback {

    @WasmExport("unreachable_op")
    CompletableFuture<Void> fails();
  }

  private CompletableFuture<Void> failing(WasmJavaFallback fallback) {
    return this.runtime
        .with(guest("trouble").fallback("fails", fallback))
        .manager
        .bind(WithFallback.class, "trouble", "*")
        .fails();
  }

  @Test
  void stopsAFallback() throws Exception {
    CountDownLatch inFallback = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    CompletableFuture<Void> answer =
        failing(
            arguments -> {
              inFallback.countDown();
              try {
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
              } catch (InterruptedException stopped) {
                interrupted.set(true);
                throw stopped;
              }
            });
    assertThat(inFallback.await(30, TimeUnit.SECONDS)).isTrue();

    answer.cancel(true);

    settled("trouble");
    assertThat(interrupted).isTrue();
  }

  @Test
  void asksNeitherTheModuleAgainNorTheFallback() {
    AtomicBoolean fellBack = new AtomicBoolean();
    this.runtime.with(
        trouble()
            .settings(
                settings ->
                    settings
                        .maxAttempts(1000)
                        .retryDelay(Duration.ofMinutes(10))
                        .retryMaxTime(Duration.ofHours(1))
                        .retryCategories(Set.of(WasmErrorCategory.TIMEOUT))
                        .limits(limits -> limits.timeout(Duration.ofMillis(10))))
            .fallback(
                "spinLater",
                arguments -> {
                  fellBack.set(true);
                  return null;
                }));
    CompletableFuture<Void> answer = this.runtime.manager.bind(Trouble.class).spinLater();
    Awaitility.await().until(() -> !this.runtime.events(WasmEvent.CallRetried.class).isEmpty());

    answer.cancel(true);

    assertThat(settled("trouble").created()).isOne();
    assertThat(fellBack).isFalse();
    assertThat(this.runtime.events(WasmEvent.CallRetried.class)).hasSize(1);
  }

  @Test
  void aQueuedCallNeverReachesTheModule() {
    Trouble trouble = bind(trouble());
    List<CompletableFuture<Void>> spinning = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      spinning.add(trouble.spinLater());
    }
    CompletableFuture<Integer> queued = trouble.addLater(1, 2);
    assertThat(this.runtime.tasks.tasks("trouble", 0).queued()).isOne();

    queued.cancel(true);
    spinning.forEach(each -> each.cancel(true));

    settled("trouble");
    assertThat(this.runtime.manager.status("trouble").get(0).calls().total())
        .isLessThanOrEqualTo(3);
  }

  @Test
  void optionsSayThePriorityOfACall() {
    Trouble trouble = bind(trouble().settings(s -> s.maxThreads(1)));
    CompletableFuture<Void> spinning = trouble.spinLater();
    CompletableFuture<Integer> normal = trouble.addLater(1, 2);
    CompletableFuture<Integer> urgent =
        trouble.addWhen(3, 4, WasmCallOptions.priority(WasmPriority.HIGH));
    AtomicBoolean normalWasDone = new AtomicBoolean();
    CompletableFuture<Integer> seen =
        urgent.thenApply(
            answer -> {
              normalWasDone.set(normal.isDone());
              return answer;
            });

    spinning.cancel(true);

    assertThat(seen.join()).isEqualTo(7);
    assertThat(normal.join()).isEqualTo(3);
    assertThat(normalWasDone).isFalse();
  }

  @Test
  void disposingAMonoStopsTheGuest() {
    Trouble trouble = bind(trouble());
    Mono<Void> mono = trouble.spinMono();
    Disposable subscription = mono.subscribe();
    awaitGuest("trouble");

    subscription.dispose();

    assertThat(settled("trouble").discarded()).isOne();
  }

  @Test
  void aTimeOutOfAMonoStopsTheGuest() {
    Trouble trouble = bind(trouble());

    assertThatThrownBy(() -> trouble.spinMono().timeout(Duration.ofMillis(50)).block())
        .hasMessageContaining("50ms");

    assertThat(this.runtime.tasks.tasks("trouble", 0).rejected()).isZero();
    settled("trouble");
  }

  @Test
  void aMonoIsRejectedRatherThanThatItBlocksItsSubscriber() {
    try (TestRuntime small =
        new TestRuntime(
            new WasmTaskExecutor(
                new WasmTaskSettings(1, 0, WasmQueuePolicy.CALLER_RUNS, Duration.ofMinutes(1))))) {
      Trouble trouble = small.with(trouble()).manager.bind(Trouble.class);
      CompletableFuture<Void> spinning = trouble.spinLater();

      assertThatThrownBy(() -> trouble.addMono(1, 2).block())
          .hasMessageContaining("module 'trouble' 1.0.0, operation 'addMono'")
          .hasMessageContaining("wasm.threads.queue-capacity");

      assertThat(trouble.addLater(1, 2)).as("made by its caller").isCompletedWithValue(3);
      assertThat(small.events(WasmEvent.CallFailed.class))
          .extracting(WasmEvent.CallFailed::category)
          .containsExactly(WasmErrorCategory.REJECTED);
      spinning.cancel(true);
    }
  }

  @Test
  void anEndlessCallInAFloodOfThemDoesNotKeepAnotherModuleWaiting() throws Exception {
    Trouble noisy = bind(trouble());
    this.runtime.with(guest("buffer"));
    for (int i = 0; i < 1000; i++) {
      noisy.spinLater();
    }

    CompletableFuture<WasmResult<String>> quiet =
        this.runtime
            .manager
            .module("buffer")
            .operation("echo")
            .input("still here")
            .retrieveAsync(String.class);

    assertThat(quiet.get(60, TimeUnit.SECONDS).value()).isEqualTo("still here");
    assertThat(this.runtime.tasks.tasks("trouble", 0).queued()).isEqualTo(997);
  }

  @Test
  void hitsNoOtherCall() throws Exception {
    Trouble trouble = bind(trouble());
    Random random = new Random(42);
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService callers = Executors.newFixedThreadPool(2);
    List<Future<Integer>> bystanders = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      bystanders.add(callers.submit(() -> callUntil(stop, trouble)));
    }
    List<CompletableFuture<Integer>> wanted = new ArrayList<>();
    int cancelled = 0;
    for (int i = 0; i < 4000; i++) {
      CompletableFuture<?> unwanted =
          random.nextInt(10) == 0 ? trouble.spinLater() : trouble.addLater(i, 1);
      wanted.add(trouble.addLater(i, 2));
      for (int spins = random.nextInt(2000); spins > 0; spins--) {
        Thread.onSpinWait();
      }
      cancelled += unwanted.cancel(true) ? 1 : 0;
    }

    for (int i = 0; i < wanted.size(); i++) {
      assertThat(wanted.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(i + 2);
    }
    stop.set(true);
    for (Future<Integer> bystander : bystanders) {
      assertThat(bystander.get(60, TimeUnit.SECONDS)).isPositive();
    }
    callers.shutdown();
    assertThat(cancelled).isGreaterThan(400);
    settled("trouble");
  }

  /** Whoever calls on a thread of its own is neither stopped nor interrupted. */
  private static int callUntil(AtomicBoolean stop, Trouble trouble) {
    int calls = 0;
    for (; !stop.get(); calls++) {
      assertThat(trouble.add(calls, 1)).isEqualTo(calls + 1);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    return calls;
  }
}
