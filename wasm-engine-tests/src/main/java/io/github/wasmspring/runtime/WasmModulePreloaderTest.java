package io.github.wasmspring.runtime;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmPriority;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEvent.ModuleProgressed;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.event.WasmWork;
import io.github.wasmspring.fallback.DefaultWasmErrorHandler;
import io.github.wasmspring.internal.client.CallPolicy;
import io.github.wasmspring.internal.client.DefaultWasmModuleManager;
import io.github.wasmspring.internal.fallback.WasmErrorCounters;
import io.github.wasmspring.internal.load.DefaultWasmModuleLoader;
import io.github.wasmspring.internal.prepare.EngineSetup;
import io.github.wasmspring.internal.prepare.TierSettings;
import io.github.wasmspring.internal.runtime.RuntimeParts;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.module.WasmLoadPolicy;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.work.WasmTaskExecutor;
import io.github.wasmspring.work.WasmTaskSettings;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WasmModulePreloaderTest {

  /** Opens {@code gate:name}, once it is let through, as a module of one export. */
  private static final class Gates implements WasmLocationResolver {

    final LinkedBlockingQueue<String> entered = new LinkedBlockingQueue<>();
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    final Set<String> absent = ConcurrentHashMap.newKeySet();
    private final Map<String, CountDownLatch> closed = new ConcurrentHashMap<>();

    void shut(String... names) {
      for (String name : names) {
        this.closed.put(name, new CountDownLatch(1));
      }
    }

    void open(String name) {
      this.closed.get(name).countDown();
    }

    String nextEntered() throws InterruptedException {
      return this.entered.poll(30, TimeUnit.SECONDS);
    }

    @Override
    public boolean supports(String location) {
      return location.startsWith("gate:");
    }

    @Override
    public InputStream open(String location, ClassLoader classLoader) throws IOException {
      String name = location.substring("gate:".length());
      this.threads.add(Thread.currentThread());
      this.entered.add(name);
      CountDownLatch gate = this.closed.get(name);
      try {
        if (gate != null) {
          gate.await();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted at the gate");
      }
      if (this.absent.contains(name)) {
        throw new FileNotFoundException("no such module");
      }
      return new ByteArrayInputStream(Guests.bytes("scalar"));
    }
  }

  private final Gates gates = new Gates();
  private final List<WasmEvent> recorded = new ArrayList<>();
  private final RuntimeParts parts =
      new RuntimeParts(
          new RuntimeParts.Setup(
              new DefaultWasmModuleLoader(List.of(this.gates), 1 << 20),
              new EngineSetup(
                  TestEngines.create(), new CompiledModuleCache(1 << 20), TierSettings.DEFAULTS),
              MemoryBudget.ofDefaultSize(),
              List.of(),
              new CallPolicy(new DefaultWasmErrorHandler(), new WasmErrorCounters(), true),
              new WasmTaskExecutor(WasmTaskSettings.DEFAULTS)));
  private final WasmEventPublisher events = this.parts.events();
  private final WasmModuleRegistry registry = this.parts.registry();
  private final DefaultWasmModuleManager manager = this.parts.manager();

  private WasmModulePreloader preloader = new WasmModulePreloader(this.manager, 2);

  WasmModulePreloaderTest() {
    this.events.addListener(
        event -> {
          synchronized (this.recorded) {
            this.recorded.add(event);
          }
        });
  }

  @AfterEach
  void close() {
    this.preloader.close();
    this.parts.close();
  }

  private void register(
      String id,
      WasmLoadPolicy policy,
      WasmPriority priority,
      UnaryOperator<WasmModuleDescriptor.Builder> more) {
    this.registry.register(
        more.apply(
                WasmModuleDescriptor.builder(id)
                    .location("gate:" + id)
                    .settings(settings -> settings.loadPolicy(policy).loadPriority(priority)))
            .build());
  }

  private void register(String id, WasmLoadPolicy policy) {
    register(id, policy, WasmPriority.NORMAL, module -> module);
  }

  private WasmModuleState state(String id) {
    return this.manager.status(id).get(0).state();
  }

  private int add() {
    return this.manager
        .module("calc")
        .operation("add")
        .arguments(40, 2)
        .mode(WasmExecutionMode.WASM)
        .retrieve(Integer.class)
        .value();
  }

  private void withThreads(int threads) {
    this.preloader = new WasmModulePreloader(this.manager, threads);
  }

  @Test
  void eagerModulesAreLoadedWhenWaitingIsOver() {
    register("calc", WasmLoadPolicy.EAGER);
    register("lazy", WasmLoadPolicy.LAZY);

    this.preloader.begin();
    this.preloader.awaitEager();

    assertThat(state("calc")).isEqualTo(WasmModuleState.READY);
    assertThat(state("lazy")).isEqualTo(WasmModuleState.REGISTERED);
  }

  @Test
  void howManyAreLoadedIsToldWhereThatTakesItsTime() throws InterruptedException {
    this.preloader = new WasmModulePreloader(this.manager, 1, this.events);
    List.of("a", "b", "c").forEach(id -> register(id, WasmLoadPolicy.PREFETCH));
    this.gates.shut("a");

    this.preloader.begin();
    assertThat(this.gates.nextEntered()).isEqualTo("a");
    await().pollDelay(Duration.ofMillis(600)).until(() -> true);
    this.gates.open("a");

    await().until(() -> progress().size() == 2);
    assertThat(progress())
        .containsExactly(
            new ModuleProgressed("a", "1.0.0", WasmWork.PRELOAD, 1, 3),
            new ModuleProgressed("c", "1.0.0", WasmWork.PRELOAD, 3, 3));
  }

  private List<WasmEvent> progress() {
    synchronized (this.recorded) {
      return this.recorded.stream()
          .filter(event -> event instanceof ModuleProgressed progress && isPreload(progress))
          .toList();
    }
  }

  private static boolean isPreload(ModuleProgressed progress) {
    return progress.work() == WasmWork.PRELOAD;
  }

  @Test
  void nobodyWaitsForAPrefetchedModule() throws InterruptedException {
    register("calc", WasmLoadPolicy.PREFETCH);
    this.gates.shut("calc");

    this.preloader.begin();
    this.preloader.awaitEager();

    assertThat(this.gates.nextEntered()).isEqualTo("calc");
    assertThat(state("calc")).isEqualTo(WasmModuleState.LOADING);
    this.gates.open("calc");
    assertThat(add()).isEqualTo(42);
  }

  @Test
  void aCallJoinsTheLoadingThatIsUnderWay() throws Exception {
    register("calc", WasmLoadPolicy.PREFETCH);
    this.gates.shut("calc");
    this.preloader.begin();
    this.gates.nextEntered();
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                answer.complete(add());
              } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
              }
            });
    caller.start();
    while (caller.getState() != Thread.State.BLOCKED && caller.isAlive()) {
      Thread.onSpinWait();
    }

    this.gates.open("calc");

    assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(42);
    assertThat(this.gates.entered).isEmpty();
  }

  @Test
  void asManyAreLoadedAtATimeAsThereAreThreads() throws InterruptedException {
    this.gates.shut("one", "two", "three");
    register("one", WasmLoadPolicy.EAGER);
    register("two", WasmLoadPolicy.PREFETCH);
    register("three", WasmLoadPolicy.PREFETCH);

    this.preloader.begin();

    assertThat(List.of(this.gates.nextEntered(), this.gates.nextEntered()))
        .containsExactlyInAnyOrder("one", "three");
    assertThat(state("two")).isEqualTo(WasmModuleState.REGISTERED);
    this.gates.open("one");
    assertThat(this.gates.nextEntered()).isEqualTo("two");
    this.gates.open("two");
    this.gates.open("three");
    assertThat(this.gates.threads).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void eagerModulesGoFirstAndThenThoseOfHighPriority() {
    withThreads(1);
    register("a-low", WasmLoadPolicy.PREFETCH, WasmPriority.LOW, module -> module);
    register("b-normal", WasmLoadPolicy.PREFETCH);
    register("c-high", WasmLoadPolicy.PREFETCH, WasmPriority.HIGH, module -> module);
    register("d-eager-low", WasmLoadPolicy.EAGER, WasmPriority.LOW, module -> module);
    register("e-eager", WasmLoadPolicy.EAGER);

    this.preloader.begin();
    awaitReady("a-low", "b-normal", "c-high", "d-eager-low", "e-eager");

    assertThat(this.gates.entered)
        .containsExactly("e-eager", "d-eager-low", "c-high", "b-normal", "a-low");
  }

  private void awaitReady(String... ids) {
    for (String id : ids) {
      while (state(id) != WasmModuleState.READY) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void whatAModuleDependsOnIsLoadedBeforeItAndInTheSameHurry() {
    withThreads(1);
    register("a", WasmLoadPolicy.EAGER, WasmPriority.HIGH, module -> module.dependency("z", "*"));
    register("b", WasmLoadPolicy.EAGER);
    register("z", WasmLoadPolicy.LAZY, WasmPriority.LOW, module -> module);

    this.preloader.begin();
    this.preloader.awaitEager();

    assertThat(this.gates.entered).containsExactly("z", "a", "b");
  }

  @Test
  void aModuleWhoseDependencyCanNotBeLoadedIsNotTried() {
    this.gates.absent.add("z");
    register("a", WasmLoadPolicy.EAGER, WasmPriority.HIGH, module -> module.dependency("z", "*"));
    register("z", WasmLoadPolicy.LAZY);

    this.preloader.begin();

    assertThat(failure(WasmErrorCategory.LOAD, () -> this.preloader.awaitEager()).module())
        .isEqualTo("z");
    assertThat(this.gates.entered).containsExactly("z");
  }

  @Test
  void allFailuresAreInOneException() {
    this.gates.absent.addAll(Set.of("one", "three"));
    register("one", WasmLoadPolicy.EAGER);
    register("two", WasmLoadPolicy.EAGER);
    register("three", WasmLoadPolicy.EAGER);
    register(
        "four",
        WasmLoadPolicy.EAGER,
        WasmPriority.NORMAL,
        module -> module.dependency("nothing", "*"));
    register("five", WasmLoadPolicy.PREFETCH);
    this.gates.absent.add("five");

    this.preloader.begin();
    WasmPreloadException thrown =
        catchThrowableOfType(WasmPreloadException.class, () -> this.preloader.awaitEager());

    assertThat(thrown.failures())
        .extracting(each -> ((WasmException) each).module())
        .containsExactlyInAnyOrder("one", "three", "four");
    assertThat(thrown)
        .hasMessageContaining("3 modules could not be loaded")
        .hasMessageContaining("module 'one'")
        .hasMessageContaining("module 'three'");
    assertThat(state("two")).isEqualTo(WasmModuleState.READY);
  }

  @Test
  void aPrefetchThatFailedIsToldAndTheNextCallTriesAgainAtOnce() throws InterruptedException {
    this.gates.shut("calc");
    this.gates.absent.add("calc");
    register("calc", WasmLoadPolicy.PREFETCH);
    this.preloader.begin();
    this.gates.nextEntered();
    this.gates.open("calc");
    while (state("calc") != WasmModuleState.FAILED) {
      Thread.onSpinWait();
    }
    this.preloader.awaitEager();
    awaitIdle();
    synchronized (this.recorded) {
      assertThat(this.recorded)
          .anySatisfy(
              event ->
                  assertThat(event)
                      .isInstanceOfSatisfying(
                          WasmEvent.ModuleFailed.class,
                          failed ->
                              assertThat(failed.category()).isEqualTo(WasmErrorCategory.LOAD)));
    }
    assertThat(this.manager.status("calc").get(0).failure()).contains("gate:calc");

    this.gates.absent.remove("calc");

    assertThat(add()).isEqualTo(42);
  }

  /** The threads of the preloader end when there is nothing more to do. */
  private void awaitIdle() throws InterruptedException {
    for (Thread thread : this.gates.threads) {
      thread.join(30_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void closingEndsWhatIsUnderWayAndLeavesNoThread() throws InterruptedException {
    this.gates.shut("one", "two", "three");
    register("one", WasmLoadPolicy.PREFETCH);
    register("two", WasmLoadPolicy.PREFETCH);
    register("three", WasmLoadPolicy.PREFETCH);
    this.preloader.begin();
    this.gates.nextEntered();
    this.gates.nextEntered();

    this.preloader.close();

    assertThat(this.gates.threads).hasSize(2).noneMatch(Thread::isAlive);
    assertThat(this.gates.entered).isEmpty();
    this.preloader.begin();
    this.preloader.awaitEager();
    assertThat(this.gates.entered).isEmpty();
  }

  @Test
  void modulesThatOnlyJavaAnswersForAreLeftAlone() {
    register(
        "calc",
        WasmLoadPolicy.EAGER,
        WasmPriority.NORMAL,
        module -> module.executionMode(WasmExecutionMode.JAVA));

    this.preloader.begin();
    this.preloader.awaitEager();

    assertThat(this.gates.entered).isEmpty();
  }

  @Test
  void modulesRegisteredLaterAreBegunLater() {
    register("calc", WasmLoadPolicy.EAGER);
    this.preloader.begin();
    register("more", WasmLoadPolicy.EAGER);

    this.preloader.begin();
    this.preloader.awaitEager();

    assertThat(this.gates.entered).containsExactlyInAnyOrder("calc", "more");
  }

  @Test
  void anInterruptEndsTheWaiting() throws InterruptedException {
    this.gates.shut("calc");
    register("calc", WasmLoadPolicy.EAGER);
    this.preloader.begin();
    this.gates.nextEntered();

    Thread.currentThread().interrupt();

    failure(WasmErrorCategory.INTERRUPTED, () -> this.preloader.awaitEager());
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void withoutThreadsNothingCouldBeLoaded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WasmModulePreloader(this.manager, 0))
        .withMessageContaining("at least one thread");
  }
}
