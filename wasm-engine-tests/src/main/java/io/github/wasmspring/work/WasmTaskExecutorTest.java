package io.github.wasmspring.work;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmPriority;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.internal.sandbox.CallCancellation;
import io.github.wasmspring.module.WasmModuleSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Timeout(60)
class WasmTaskExecutorTest {

  private static final WasmModuleSettings MANY_INSTANCES =
      WasmModuleSettings.DEFAULTS.with(settings -> settings.pool(pool -> pool.min(0).max(1000)));

  private static final WasmTaskSettings ONE_THREAD =
      WasmTaskSettings.DEFAULTS.with(
          settings -> settings.maxThreads(1).queuePolicy(WasmQueuePolicy.REJECT));

  private final List<WasmTaskExecutor> opened = new ArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void close() {
    this.released.countDown();
    this.opened.forEach(WasmTaskExecutor::close);
    assertThat(Thread.interrupted()).isFalse();
  }

  private WasmTaskExecutor open(WasmTaskSettings settings) {
    return opened(new WasmTaskExecutor(settings));
  }

  private WasmTaskExecutor opened(WasmTaskExecutor executor) {
    this.opened.add(executor);
    return executor;
  }

  private static WasmTaskRequest request(String module) {
    return request(module, MANY_INSTANCES, null, true);
  }

  private static WasmTaskRequest request(
      String module, WasmModuleSettings settings, WasmPriority priority, boolean mayBlock) {
    return WasmTaskRequest.of(
        new WasmCallId(module, "1.0.0", "work"), settings, priority, mayBlock);
  }

  /** Ends when it is released or stopped. */
  private <T> Function<CallCancellation, T> untilReleased(T answer) {
    return cancellation ->
        cancellation.interruptibly(
            () -> {
              try {
                this.released.await();
                return answer;
              } catch (InterruptedException stopped) {
                throw new IllegalStateException("stopped", stopped);
              }
            });
  }

  private CompletableFuture<Integer> block(WasmTaskExecutor executor, String module) {
    return executor.submit(request(module), untilReleased(1));
  }

  private static void awaitRunning(WasmTaskExecutor executor, int calls) {
    Awaitility.await().until(() -> executor.tasks(0).running() == calls);
  }

  @Test
  void answersOnAThreadOfItsOwn() throws Exception {
    WasmTaskExecutor executor = open(WasmTaskSettings.DEFAULTS);

    Thread thread =
        executor.submit(request("a"), stop -> Thread.currentThread()).get(30, TimeUnit.SECONDS);

    assertThat(thread.getName()).startsWith("wasm-call-");
    assertThat(thread.isDaemon()).isTrue();
  }

  @Test
  void failsWithWhatTheCallThrows() {
    WasmTaskExecutor executor = open(WasmTaskSettings.DEFAULTS);
    CompletableFuture<Integer> answer =
        executor.submit(
            request("a"),
            stop -> {
              throw new IllegalStateException("no");
            });

    assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class);
    awaitRunning(executor, 0);
  }

  @Test
  void aNoisyModuleDoesNotKeepOthersFromBeingServed() throws Exception {
    WasmTaskExecutor executor =
        open(WasmTaskSettings.DEFAULTS.with(settings -> settings.maxThreads(4)));
    for (int i = 0; i < 1000; i++) {
      block(executor, "noisy");
    }

    for (int i = 0; i < 100; i++) {
      assertThat(executor.submit(request("quiet"), stop -> 42).get(30, TimeUnit.SECONDS))
          .isEqualTo(42);
    }

    assertThat(executor.tasks("noisy", 0).running()).isEqualTo(3);
    assertThat(executor.tasks("noisy", 0).queued()).isEqualTo(997);
  }

  @Test
  void theModuleWithTheFewestCallsRunningGoesNext() throws Exception {
    WasmTaskExecutor executor =
        open(WasmTaskSettings.DEFAULTS.with(settings -> settings.maxThreads(3)));
    CountDownLatch first = new CountDownLatch(1);
    WasmModuleSettings everything =
        MANY_INSTANCES.with(settings -> settings.maxThreads(Integer.MAX_VALUE));
    for (int i = 0; i < 2; i++) {
      executor.submit(request("noisy", everything, null, true), untilReleased(1));
    }
    executor.submit(
        request("noisy", everything, null, true),
        stop -> {
          try {
            return first.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
          }
        });
    for (int i = 0; i < 100; i++) {
      executor.submit(request("noisy", everything, null, true), untilReleased(1));
    }
    assertThat(executor.tasks("noisy", 0).running()).isEqualTo(3);
    CompletableFuture<Integer> third = executor.submit(request("third"), stop -> 3);
    CompletableFuture<Integer> fourth = executor.submit(request("fourth"), stop -> 4);

    first.countDown();

    assertThat(third.get(30, TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(fourth.get(30, TimeUnit.SECONDS)).isEqualTo(4);
  }

  @Test
  void modulesTakeTurns() {
    WasmTaskExecutor executor = open(ONE_THREAD);
    block(executor, "blocker");
    List<String> order = new CopyOnWriteArrayList<>();
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (String module : List.of("a", "b", "c")) {
      for (int i = 0; i < 3; i++) {
        answers.add(executor.submit(request(module), stop -> order.add(module)));
      }
    }

    this.released.countDown();
    answers.forEach(CompletableFuture::join);

    for (int turn = 0; turn < 9; turn += 3) {
      assertThat(order.subList(turn, turn + 3)).containsExactlyInAnyOrder("a", "b", "c");
    }
  }

  @Test
  void urgentCallsGoFirstThenThoseThatCameFirst() {
    WasmTaskExecutor executor = open(ONE_THREAD);
    block(executor, "a");
    List<String> order = new CopyOnWriteArrayList<>();
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      for (WasmPriority priority : WasmPriority.values()) {
        String name = priority + "-" + i;
        answers.add(
            executor.submit(request("a", MANY_INSTANCES, priority, true), stop -> order.add(name)));
      }
    }

    this.released.countDown();
    answers.forEach(CompletableFuture::join);

    assertThat(order)
        .containsExactly(
            "HIGH-0",
            "HIGH-1",
            "HIGH-2",
            "NORMAL-0",
            "NORMAL-1",
            "NORMAL-2",
            "LOW-0",
            "LOW-1",
            "LOW-2");
  }

  @Test
  void aModulesOwnPriorityCountsWhereTheCallSaysNothing() {
    WasmModuleSettings urgent =
        MANY_INSTANCES.with(settings -> settings.priority(WasmPriority.HIGH));

    assertThat(request("a", urgent, null, true).priority()).isEqualTo(WasmPriority.HIGH);
    assertThat(request("a", urgent, WasmPriority.LOW, true).priority()).isEqualTo(WasmPriority.LOW);
  }

  @Test
  void neverRunsMoreThanItMay() {
    WasmTaskExecutor executor =
        open(new WasmTaskSettings(5, 100_000, WasmQueuePolicy.REJECT, Duration.ZERO));
    WasmModuleSettings two = MANY_INSTANCES.with(settings -> settings.maxThreads(2));
    AtomicInteger all = new AtomicInteger();
    AtomicInteger mostOfAll = new AtomicInteger();
    AtomicInteger[] each = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
    AtomicInteger mostOfOne = new AtomicInteger();
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (int i = 0; i < 9000; i++) {
      int module = i % 3;
      answers.add(
          executor.submit(
              request("m" + module, two, null, true),
              stop -> {
                mostOfAll.accumulateAndGet(all.incrementAndGet(), Math::max);
                mostOfOne.accumulateAndGet(each[module].incrementAndGet(), Math::max);
                Thread.yield();
                each[module].decrementAndGet();
                return all.decrementAndGet();
              }));
    }
    answers.forEach(CompletableFuture::join);

    assertThat(mostOfAll).hasValueBetween(2, 5);
    assertThat(mostOfOne).hasValueBetween(1, 2);
    awaitRunning(executor, 0);
    assertThat(executor.tasks(10).tasks()).isEmpty();
  }

  @Test
  void runsNoMoreCallsOfAModuleThanThereAreInstances() {
    WasmTaskExecutor executor =
        open(WasmTaskSettings.DEFAULTS.with(settings -> settings.maxThreads(8)));
    WasmModuleSettings oneInstance =
        WasmModuleSettings.DEFAULTS.with(settings -> settings.pool(pool -> pool.min(0).max(1)));
    for (int i = 0; i < 5; i++) {
      executor.submit(request("a", oneInstance, null, true), untilReleased(i));
    }

    assertThat(executor.tasks("a", 0).running()).isOne();
    assertThat(executor.tasks("a", 0).queued()).isEqualTo(4);
  }

  @Test
  void rejectsWhatDoesNotFitIntoTheQueue() {
    WasmTaskExecutor executor = open(ONE_THREAD.with(settings -> settings.queueCapacity(2)));
    block(executor, "a");
    block(executor, "a");
    block(executor, "a");

    WasmException refusal = failure(WasmErrorCategory.REJECTED, () -> block(executor, "a"));

    assertThat(refusal)
        .hasMessageContaining("module 'a' 1.0.0, operation 'work'")
        .hasMessageContaining("2 calls")
        .hasMessageContaining("wasm.threads.queue-capacity");
    assertThat(executor.tasks("a", 0).rejected()).isOne();
    assertThat(executor.tasks("a", 0).queued()).isEqualTo(2);
    assertThat(block(executor, "b")).as("another module has a queue of its own").isNotDone();
  }

  @Test
  void withoutAQueueACallRunsAtOnceOrNotAtAll() {
    WasmTaskExecutor executor = open(ONE_THREAD.with(settings -> settings.queueCapacity(0)));
    CompletableFuture<Integer> running = block(executor, "a");

    failure(WasmErrorCategory.REJECTED, () -> block(executor, "a"));
    this.released.countDown();

    assertThat(running.join()).isEqualTo(1);
    awaitRunning(executor, 0);
    assertThat(executor.submit(request("a"), stop -> 2).join()).isEqualTo(2);
  }

  @Test
  void theCallerRunsWhatDoesNotFit() {
    WasmTaskExecutor executor =
        open(
            ONE_THREAD.with(
                settings -> settings.queueCapacity(1).queuePolicy(WasmQueuePolicy.CALLER_RUNS)));
    block(executor, "a");
    block(executor, "a");
    AtomicReference<WasmTasks> seen = new AtomicReference<>();

    CompletableFuture<Thread> answer =
        executor.submit(
            request("a"),
            stop -> {
              seen.set(executor.tasks("a", 10));
              return Thread.currentThread();
            });

    assertThat(answer).isCompletedWithValue(Thread.currentThread());
    assertThat(seen.get().running()).isEqualTo(2);
    assertThat(executor.tasks("a", 10).running()).isOne();
    assertThat(executor.tasks("a", 10).tasks()).hasSize(2);
  }

  @Test
  void aCallerThatMustNotBlockIsRejectedWhateverThePolicy() {
    for (WasmQueuePolicy policy : WasmQueuePolicy.values()) {
      WasmTaskExecutor executor =
          open(ONE_THREAD.with(settings -> settings.queueCapacity(0).queuePolicy(policy)));
      block(executor, "a");

      failure(
          WasmErrorCategory.REJECTED,
          () -> executor.submit(request("a", MANY_INSTANCES, null, false), untilReleased(1)));
    }
  }

  private WasmTaskExecutor openWaiting(Duration patience, int capacity) {
    return open(
        ONE_THREAD.with(
            settings ->
                settings
                    .queueCapacity(capacity)
                    .queuePolicy(WasmQueuePolicy.WAIT)
                    .queueTimeout(patience)));
  }

  @Test
  void aCallerWaitsForRoom() throws Exception {
    for (int capacity : new int[] {0, 1}) {
      WasmTaskExecutor executor = openWaiting(Duration.ofSeconds(30), capacity);
      CountDownLatch first = new CountDownLatch(1);
      executor.submit(
          request("a"),
          stop -> {
            try {
              return first.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException unexpected) {
              throw new IllegalStateException(unexpected);
            }
          });
      for (int i = 0; i < capacity; i++) {
        executor.submit(request("a"), stop -> 1);
      }
      CompletableFuture<Integer> later = new CompletableFuture<>();
      Thread caller =
          new Thread(() -> later.complete(executor.submit(request("a"), stop -> 7).join()));
      caller.start();
      Awaitility.await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
      assertThat(executor.tasks("a", 0).queued()).isEqualTo(capacity + 1);

      first.countDown();

      assertThat(later.get(30, TimeUnit.SECONDS)).isEqualTo(7);
      awaitRunning(executor, 0);
      assertThat(executor.tasks(10).tasks()).isEmpty();
    }
  }

  @Test
  void aCallerDoesNotWaitForEver() {
    WasmTaskExecutor executor = openWaiting(Duration.ofMillis(20), 0);
    block(executor, "a");

    WasmException refusal = failure(WasmErrorCategory.REJECTED, () -> block(executor, "a"));

    assertThat(refusal).hasMessageContaining("within 20 ms");
    assertThat(executor.tasks("a", 10).queued()).isZero();
    assertThat(executor.tasks("a", 10).tasks()).hasSize(1);
  }

  @Test
  void anInterruptEndsTheWaitOfACaller() {
    WasmTaskExecutor executor = openWaiting(Duration.ofSeconds(30), 0);
    block(executor, "a");
    Thread.currentThread().interrupt();

    failure(WasmErrorCategory.INTERRUPTED, () -> block(executor, "a"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(executor.tasks("a", 10).queued()).isZero();
  }

  @Test
  void cancellingACallThatWaitsForRoomEndsTheWait() throws Exception {
    WasmTaskExecutor executor = openWaiting(Duration.ofSeconds(30), 0);
    block(executor, "a");
    CompletableFuture<CompletableFuture<Integer>> answer = new CompletableFuture<>();
    new Thread(() -> answer.complete(block(executor, "a"))).start();
    Awaitility.await().until(() -> executor.tasks("a", 10).tasks().size() == 2);
    WasmTask waiting = executor.tasks("a", 10).tasks().get(1);
    assertThat(waiting.state()).isEqualTo(WasmTask.State.QUEUED);

    assertThat(executor.cancel("a", waiting.id())).isTrue();

    assertThat(answer.get(30, TimeUnit.SECONDS)).isCancelled();
    assertThat(executor.tasks("a", 10).tasks()).hasSize(1);
  }

  @Test
  void aCancelledCallLeavesTheQueueAndMakesRoom() {
    WasmTaskExecutor executor = open(ONE_THREAD.with(settings -> settings.queueCapacity(1)));
    block(executor, "a");
    AtomicBoolean ran = new AtomicBoolean();
    CompletableFuture<?> queued =
        executor.submit(
            request("a"),
            stop -> {
              ran.set(true);
              return null;
            });

    assertThat(queued.cancel(false)).isTrue();

    assertThat(executor.tasks("a", 0).queued()).isZero();
    assertThat(executor.tasks("a", 0).cancelled()).isOne();
    CompletableFuture<Integer> next = executor.submit(request("a"), stop -> 2);
    this.released.countDown();
    assertThat(next.join()).isEqualTo(2);
    assertThat(ran).isFalse();
  }

  @Test
  void cancellingStopsACallThatRuns() {
    WasmTaskExecutor executor = open(ONE_THREAD);
    AtomicBoolean flag = new AtomicBoolean(true);
    CountDownLatch stopped = new CountDownLatch(1);
    CompletableFuture<Integer> running =
        executor.submit(
            request("a"),
            stop -> {
              try {
                return untilReleased(1).apply(stop);
              } finally {
                flag.set(Thread.currentThread().isInterrupted());
                stopped.countDown();
              }
            });
    awaitRunning(executor, 1);

    assertThat(running.cancel(true)).isTrue();

    assertThatThrownBy(running::join).isInstanceOf(CancellationException.class);
    Awaitility.await().until(() -> stopped.getCount() == 0);
    assertThat(flag).as("the interrupt flag afterwards").isFalse();
    awaitRunning(executor, 0);
    assertThat(executor.submit(request("a"), stop -> 2).join()).isEqualTo(2);
  }

  @Test
  void aTimeOutOfTheFutureStopsTheCallToo() {
    WasmTaskExecutor executor = open(ONE_THREAD);
    CompletableFuture<Integer> running = block(executor, "a").orTimeout(20, TimeUnit.MILLISECONDS);

    assertThatThrownBy(running::join).hasCauseInstanceOf(TimeoutException.class);
    awaitRunning(executor, 0);
    assertThat(executor.tasks("a", 0).cancelled()).isOne();
  }

  @Test
  void anAnswerFromElsewhereStopsTheCallToo() {
    WasmTaskExecutor executor = open(ONE_THREAD);
    CompletableFuture<Integer> running = block(executor, "a");

    running.complete(5);

    assertThat(running.join()).isEqualTo(5);
    awaitRunning(executor, 0);
  }

  @Test
  void cancellingWhatIsDerivedFromTheAnswerLeavesTheCallAlone() {
    WasmTaskExecutor executor = open(ONE_THREAD);
    CompletableFuture<Integer> running = block(executor, "a");

    running.thenApply(answer -> answer + 1).cancel(true);
    this.released.countDown();

    assertThat(running.join()).isEqualTo(1);
  }

  @Test
  void aCallThatHasItsAnswerCanNotBeCancelled() {
    WasmTaskExecutor executor = open(ONE_THREAD);
    CompletableFuture<Integer> done = executor.submit(request("a"), stop -> 1);
    done.join();

    assertThat(done.cancel(true)).isFalse();
    assertThat(executor.tasks("a", 0).cancelled()).isZero();
  }

  @Test
  void whatACallLeavesBehindDoesNotStopTheNext() {
    WasmTaskExecutor executor = open(ONE_THREAD);
    block(executor, "a");
    CompletableFuture<Boolean> first =
        executor.submit(
            request("a"),
            stop -> {
              Thread.currentThread().interrupt();
              return true;
            });
    CompletableFuture<Boolean> second =
        executor.submit(request("a"), stop -> Thread.currentThread().isInterrupted());

    this.released.countDown();

    assertThat(first.join()).isTrue();
    assertThat(second.join()).isFalse();
  }

  @Test
  void showsCallsWithTheirStateAndCancelsThemById() {
    WasmTaskExecutor executor = open(ONE_THREAD);
    block(executor, "a");
    CompletableFuture<Integer> queued =
        executor.submit(request("a", MANY_INSTANCES, WasmPriority.HIGH, true), stop -> 1);
    block(executor, "b");

    WasmTasks all = executor.tasks(2);
    assertThat(all.running()).isOne();
    assertThat(all.queued()).isEqualTo(2);
    assertThat(all.tasks())
        .extracting(WasmTask::module, WasmTask::operation, WasmTask::priority, WasmTask::state)
        .containsExactly(
            tuple("a", "work", WasmPriority.NORMAL, WasmTask.State.RUNNING),
            tuple("a", "work", WasmPriority.HIGH, WasmTask.State.QUEUED));
    long id = all.tasks().get(1).id();
    assertThat(executor.cancel("b", id)).isFalse();
    assertThat(executor.cancel("a", -1)).isFalse();
    assertThat(executor.cancel("a", id)).isTrue();
    assertThat(executor.cancel("a", id)).isFalse();
    assertThat(queued).isCancelled();
    assertThat(executor.tasks("c", 10)).isEqualTo(new WasmTasks(0, 0, 0, 0, List.of()));
  }

  @Test
  void forgetsAModuleThatIsGone() {
    WasmTaskExecutor executor = open(ONE_THREAD.with(settings -> settings.queueCapacity(0)));
    block(executor, "a");
    failure(WasmErrorCategory.REJECTED, () -> block(executor, "a"));
    executor.forget("a");
    assertThat(executor.tasks("a", 0).rejected()).as("not while it runs").isOne();
    this.released.countDown();
    awaitRunning(executor, 0);

    executor.forget("a");

    assertThat(executor.tasks("a", 0).rejected()).isZero();
  }

  @Test
  void carriesWhatTheCallersThreadKnows() {
    ThreadLocal<String> known = new ThreadLocal<>();
    UnaryOperator<Runnable> decorator =
        work -> {
          String value = known.get();
          return () -> {
            known.set(value);
            try {
              work.run();
            } finally {
              known.remove();
            }
          };
        };
    WasmTaskExecutor executor = opened(new WasmTaskExecutor(WasmTaskSettings.DEFAULTS, decorator));
    known.set("the caller's");

    assertThat(executor.submit(request("a"), stop -> known.get()).join()).isEqualTo("the caller's");
    known.remove();
    assertThat(executor.submit(request("a"), stop -> "" + known.get()).join()).isEqualTo("null");
  }

  @Test
  void aDecoratorThatDropsTheCallFailsIt() {
    WasmTaskExecutor executor =
        opened(new WasmTaskExecutor(WasmTaskSettings.DEFAULTS, work -> () -> {}));

    assertThatThrownBy(() -> executor.submit(request("a"), stop -> 1).get(30, TimeUnit.SECONDS))
        .hasMessageContaining("task decorator");
  }

  @Test
  void rejectsACallThatGetsNoThread() {
    AtomicInteger refusals = new AtomicInteger(2);
    Executor stingy =
        work -> {
          if (refusals.getAndDecrement() > 0) {
            throw new RejectedExecutionException("none left");
          }
          new Thread(work).start();
        };
    WasmTaskExecutor executor =
        opened(new WasmTaskExecutor(ONE_THREAD, stingy, UnaryOperator.identity()));

    for (int i = 0; i < 2; i++) {
      CompletableFuture<Integer> refused = executor.submit(request("a"), stop -> 1);
      assertThatThrownBy(refused::join)
          .hasCauseInstanceOf(WasmException.class)
          .hasMessageContaining("none left")
          .hasMessageContaining("module 'a'");
    }
    assertThat(executor.submit(request("a"), stop -> 3).join()).isEqualTo(3);
    awaitRunning(executor, 0);
  }

  @Test
  void closingFailsWhatWaitsStopsWhatRunsAndEndsTheThreads() throws Exception {
    WasmTaskExecutor executor = open(ONE_THREAD);
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    CompletableFuture<Integer> running =
        executor.submit(
            request("a"),
            stop -> {
              thread.complete(Thread.currentThread());
              return untilReleased(1).apply(stop);
            });
    CompletableFuture<Integer> queued = block(executor, "a");
    Thread worker = thread.get(30, TimeUnit.SECONDS);

    executor.close();

    assertThatThrownBy(running::join).hasMessageContaining("shutting down");
    assertThatThrownBy(queued::join).hasMessageContaining("shutting down");
    worker.join();
    failure(WasmErrorCategory.REJECTED, () -> block(executor, "a"));
  }

  @Test
  void closingEndsTheWaitOfACaller() throws Exception {
    WasmTaskExecutor executor = openWaiting(Duration.ofSeconds(50), 0);
    block(executor, "a");
    CompletableFuture<CompletableFuture<Integer>> answer = new CompletableFuture<>();
    new Thread(() -> answer.complete(block(executor, "a"))).start();
    Awaitility.await().until(() -> executor.tasks("a", 0).queued() == 1);

    executor.close();

    assertThat(answer.get(30, TimeUnit.SECONDS)).isCompletedExceptionally();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void runsOnVirtualThreadsThatItIsGiven() throws Exception {
    Executor virtual =
        (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    WasmTaskExecutor executor =
        opened(
            new WasmTaskExecutor(
                WasmTaskSettings.DEFAULTS.with(settings -> settings.maxThreads(4)),
                virtual,
                UnaryOperator.identity()));
    List<CompletableFuture<Integer>> blocked = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      blocked.add(block(executor, "noisy"));
    }

    Thread thread =
        executor.submit(request("a"), stop -> Thread.currentThread()).get(30, TimeUnit.SECONDS);

    assertThat(Thread.class.getMethod("isVirtual").invoke(thread)).isEqualTo(true);
    blocked.forEach(each -> each.cancel(true));
    awaitRunning(executor, 0);
    assertThat(executor.tasks("noisy", 0).cancelled()).isEqualTo(100);
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WasmTaskSettings.DEFAULTS.with(settings -> settings.maxThreads(0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WasmTaskSettings.DEFAULTS.with(settings -> settings.queueCapacity(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                WasmTaskSettings.DEFAULTS.with(
                    settings -> settings.queueTimeout(Duration.ofMillis(-1))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MANY_INSTANCES.with(settings -> settings.maxThreads(-1)));
  }
}
