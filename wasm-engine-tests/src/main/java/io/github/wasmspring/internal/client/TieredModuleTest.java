package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.prepare.WasmTier;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A module that answers before it is compiled. */
class TieredModuleTest extends TierFixture {

  /** The common pool may have one thread only, which a call that waits would keep. */
  private static final Executor ON_ITS_OWN_THREAD = task -> new Thread(task).start();

  private void tiered(String guest) {
    this.runtime.with(guest(guest, WasmEngineMode.TIERED));
  }

  @Test
  void theInterpreterAnswersUntilTheModuleIsCompiled() {
    TestEngines.assumeInterpreter();
    holdCompilers();
    tiered("scalar");

    WasmResult<Integer> first = addResult("scalar");
    awaitCompiling();

    assertThat(first.value()).isEqualTo(42);
    assertThat(first.engine()).isEqualTo(INTERPRETER);
    assertThat(status("scalar").engine()).isEqualTo(INTERPRETER);
    assertThat(tier("scalar")).isEqualTo(WasmTier.State.COMPILING);
    assertThat(addResult("scalar").engine()).isEqualTo(INTERPRETER);

    letCompile();
    awaitTier("scalar", WasmTier.State.COMPILED);

    WasmResult<Integer> second = addResult("scalar");
    assertThat(second.value()).isEqualTo(42);
    assertThat(second.engine()).isEqualTo(COMPILED);
    assertThat(status("scalar").engine()).isEqualTo(COMPILED);
  }

  @Test
  void eventsTellOfCompilingAndOfTheSwap() {
    TestEngines.assumeInterpreter();
    tiered("scalar");
    add("scalar");
    awaitSwap();

    assertThat(this.runtime.events(WasmEvent.ModuleReady.class))
        .singleElement()
        .satisfies(ready -> assertThat(ready.engine()).isEqualTo(INTERPRETER));
    assertThat(this.runtime.events(WasmEvent.ModuleCompiled.class))
        .singleElement()
        .satisfies(
            compiled -> {
              assertThat(compiled.module()).isEqualTo("scalar");
              assertThat(compiled.engine()).isEqualTo(COMPILED);
              assertThat(compiled.background()).isTrue();
              assertThat(compiled.duration()).isPositive();
            });
    assertThat(this.runtime.events(WasmEvent.EngineSwapped.class))
        .singleElement()
        .satisfies(
            swapped -> {
              assertThat(swapped.from()).isEqualTo(INTERPRETER);
              assertThat(swapped.to()).isEqualTo(COMPILED);
              assertThat(swapped.after()).isPositive();
            });
  }

  @Test
  void anOrdinaryCompilationIsToldOfAsWell() {
    this.runtime.with(guest("scalar", WasmEngineMode.COMPILED));
    add("scalar");

    assertThat(this.runtime.events(WasmEvent.ModuleCompiled.class))
        .singleElement()
        .satisfies(compiled -> assertThat(compiled.background()).isFalse());
    assertThat(tier("scalar")).isEqualTo(WasmTier.State.SETTLED);
  }

  @Test
  void codeThatIsThereAlreadyIsUsedAtOnce() {
    this.runtime.with(guest("scalar", WasmEngineMode.COMPILED));
    add("scalar");
    this.runtime.with(
        WasmModuleDescriptor.builder("same")
            .location("classpath:wasm/scalar.wasm")
            .settings(settings -> settings.engineMode(WasmEngineMode.TIERED)));

    assertThat(addResult("same").engine()).isEqualTo(COMPILED);
    assertThat(status("same").tier())
        .isEqualTo(new WasmTier(WasmTier.State.SETTLED, "its compiled code was there already"));
    assertThat(this.runtime.events(WasmEvent.ModuleCompiled.class)).hasSize(1);
  }

  @Test
  void anInterpretedInstanceGivesItsMemoryBackWhenItsCallEnds() throws Exception {
    TestEngines.assumeInterpreter();
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    withHost(
        "imports",
        argument -> {
          if (argument == 1) {
            called.countDown();
            awaitQuietly(goOn);
          }
        },
        pool -> {});
    holdCompilers();
    CompletableFuture<WasmResult<Integer>> running =
        CompletableFuture.supplyAsync(() -> ask(1), ON_ITS_OWN_THREAD);
    awaitQuietly(called);
    letCompile();
    awaitSwap();

    WasmResult<Integer> meanwhile = ask(2);
    long twice = this.budget.used();
    goOn.countDown();
    WasmResult<Integer> last = running.get(10, TimeUnit.SECONDS);

    assertThat(meanwhile.engine()).isEqualTo(COMPILED);
    assertThat(last.engine()).isEqualTo(INTERPRETER);
    assertThat(List.of(meanwhile.value(), last.value())).containsExactly(2, 1);
    await().until(() -> this.budget.used() == twice / 2);
    assertThat(status("imports").pool().idle()).isEqualTo(1);
  }

  @Test
  void whoWaitsForAnInterpretedInstanceGetsACompiledOneAtOnce() throws Exception {
    TestEngines.assumeInterpreter();
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    withHost(
        "imports",
        argument -> {
          if (argument == 1) {
            called.countDown();
            awaitQuietly(goOn);
          }
        },
        module ->
            module.settings(
                settings ->
                    settings
                        .engineMode(WasmEngineMode.TIERED)
                        .limits(limits -> limits.timeout(Duration.ofMinutes(1)))
                        .pool(pool -> pool.min(0).max(1).borrowTimeout(Duration.ofMinutes(1)))));
    holdCompilers();
    CompletableFuture<WasmResult<Integer>> running =
        CompletableFuture.supplyAsync(() -> ask(1), ON_ITS_OWN_THREAD);
    awaitQuietly(called);
    CompletableFuture<WasmResult<Integer>> waiting =
        CompletableFuture.supplyAsync(() -> ask(2), ON_ITS_OWN_THREAD);
    await().until(() -> status("imports").pool().waiting() == 1);

    letCompile();

    assertThat(waiting.get(20, TimeUnit.SECONDS).engine()).isEqualTo(COMPILED);
    assertThat(running).isNotDone();
    goOn.countDown();
    assertThat(running.get(10, TimeUnit.SECONDS).engine()).isEqualTo(INTERPRETER);
  }

  private void withHost(
      String guest, Consumer<Integer> host, Consumer<WasmModuleDescriptor.Builder> change) {
    WasmModuleDescriptor.Builder module =
        guest(guest, WasmEngineMode.TIERED)
            .imports(
                new WasmImportDefinition(
                    "env",
                    "answer",
                    new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.I32)),
                    (caller, arguments) -> {
                      host.accept((int) arguments[0]);
                      return new long[] {arguments[0]};
                    }),
                new WasmImportDefinition(
                    "env",
                    "mix",
                    new WasmFunctionType(
                        List.of(WasmValueType.I64, WasmValueType.F32, WasmValueType.F64),
                        List.of(WasmValueType.F64)),
                    (caller, arguments) -> new long[] {0}));
    change.accept(module);
    this.runtime.with(module);
  }

  private WasmResult<Integer> ask(int argument) {
    return this.runtime
        .manager
        .module("imports")
        .operation("ask")
        .arguments(argument)
        .retrieve(Integer.class);
  }

  @Test
  void aSessionKeepsItsInterpretedInstanceUntilItIsClosed() {
    holdCompilers();
    tiered("state");
    long open;
    try (WasmSession session = this.runtime.manager.open("state")) {
      assertThat(session.call("bump_memory")).containsExactly(1);
      letCompile();
      awaitSwap();

      assertThat(session.call("bump_memory")).containsExactly(2);
      assertThat(bumpMemory()).isEqualTo(COMPILED);
      open = this.budget.used();
    }

    assertThat(this.budget.used()).isPositive().isLessThan(open);
    assertThat(status("state").pool().inUse()).isZero();
  }

  private String bumpMemory() {
    WasmResult<Integer> result =
        this.runtime
            .manager
            .module("state")
            .operation("bump_memory")
            .arguments()
            .retrieve(Integer.class);
    assertThat(result.value()).isEqualTo(1);
    return result.engine();
  }

  @Test
  void instancesAreMadeBeforeTheSwapAndTheLeastNumberOfThemAfterIt() {
    holdCompilers();
    this.runtime.with(
        TestRuntime.guest("state")
            .settings(
                settings ->
                    settings.engineMode(WasmEngineMode.TIERED).pool(pool -> pool.min(2).max(4))));
    bumpMemory();
    long before = this.budget.used();
    letCompile();
    awaitSwap();

    await().until(() -> status("state").pool().idle() == 2);
    assertThat(this.budget.used()).isEqualTo(before);
    assertThat(bumpMemory()).isEqualTo(COMPILED);
    assertThat(status("state").pool().created()).isEqualTo(2);
  }

  @Test
  void whatTheInterpreterHadIsLetGoOfWhoeverHasCalledIt() {
    interface Adder {
      int add(int first, int second);
    }
    tiered("scalar");
    Adder used = this.runtime.manager.bind(Adder.class, "scalar", "*");
    assertThat(used.add(1, 2)).isEqualTo(3);
    awaitSwap();

    await()
        .until(
            () -> {
              System.gc();
              return this.runtime.engine.interpreted.get(0).get() == null;
            });
    assertThat(used.add(1, 2)).isEqualTo(3);
  }

  @Test
  void whatTheGuestMayNotDoItMayNotDoOnEitherSideOfTheSwap() {
    TestEngines.assumeInterpreter();
    holdCompilers();
    this.runtime.with(
        TestRuntime.guest("trouble")
            .settings(
                settings ->
                    settings
                        .engineMode(WasmEngineMode.TIERED)
                        .limits(limits -> limits.memory(4 * 65_536))));
    for (String engine : List.of(INTERPRETER, COMPILED)) {
      assertThat(addResult("trouble").engine()).isEqualTo(engine);
      trouble(WasmErrorCategory.TIMEOUT, "spin");
      trouble(WasmErrorCategory.STACK_OVERFLOW, "recurse", 0);
      trouble(WasmErrorCategory.TRAP, "unreachable_op");
      assertThat(grow(4)).isEqualTo(-1);
      assertThat(grow(3)).isEqualTo(1);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      letCompile();
      awaitSwap();
    }
  }

  private void trouble(WasmErrorCategory category, String operation, Object... arguments) {
    failure(
        category,
        () ->
            this.runtime
                .manager
                .module("trouble")
                .operation(operation)
                .arguments(arguments)
                .timeout(Duration.ofMillis(operation.equals("spin") ? 100 : 20_000))
                .retrieve(operation.equals("recurse") ? Integer.class : void.class));
  }

  private int grow(int pages) {
    return this.runtime
        .manager
        .module("trouble")
        .operation("grow")
        .arguments(pages)
        .retrieve(Integer.class)
        .value();
  }

  @Test
  void aModuleThatCannotBeCompiledStaysWithTheInterpreterAndSaysSoOnce() {
    TestEngines.assumeInterpreter();
    Logger logger =
        (Logger)
            LoggerFactory.getLogger("io.github.wasmspring.internal.prepare.BackgroundPromotion");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.setLevel(Level.WARN);
    logger.addAppender(log);
    this.runtime.engine.beforeCompiling =
        () -> {
          throw new WasmLoadException(WasmErrorCategory.INVALID, "it is too large", null);
        };
    try {
      tiered("scalar");
      add("scalar");
      awaitTier("scalar", WasmTier.State.FAILED);

      assertThat(addResult("scalar").engine()).isEqualTo(INTERPRETER);
      assertThat(add("scalar")).isEqualTo(42);
    } finally {
      logger.detachAppender(log);
      logger.setLevel(null);
    }
    assertThat(status("scalar").tier().reason()).contains("it is too large");
    assertThat(status("scalar").state()).isEqualTo(WasmModuleState.READY);
    assertThat(this.runtime.events(WasmEvent.CompilationFailed.class))
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.category()).isEqualTo(WasmErrorCategory.INVALID);
              assertThat(failed.message()).isEqualTo("it is too large");
              assertThat(failed.background()).isTrue();
            });
    assertThat(this.runtime.events(WasmEvent.ModuleFailed.class)).isEmpty();
    assertThat(log.list)
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.getLevel()).isEqualTo(Level.WARN);
              assertThat(warning.getFormattedMessage())
                  .contains("scalar 1.0.0", "it is too large", "'interpreter'");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"evict", "reload", "unregister", "close"})
  void whatIsCompiledForAModuleThatHasGoneIsDropped(String how) {
    holdCompilers();
    tiered("state");
    bumpMemory();
    awaitCompiling();

    switch (how) {
      case "evict" -> this.runtime.manager.evict("state");
      case "reload" -> {
        this.runtime.engine.beforeCompiling =
            () -> {
              throw new AssertionError("it is being compiled already");
            };
        this.runtime.manager.reload("state");
      }
      case "unregister" -> this.runtime.registry.unregister("state", "1.0.0");
      default -> this.runtime.manager.close();
    }
    letCompile();
    await().until(() -> !this.runtime.events(WasmEvent.ModuleCompiled.class).isEmpty());

    if (how.equals("reload")) {
      awaitSwap();
      assertThat(bumpMemory()).isEqualTo(COMPILED);
      this.runtime.manager.evict("state");
    }
    await().until(() -> this.budget.used() == 0);
    if (how.equals("unregister")) {
      await().until(() -> this.runtime.cache.size() == 0);
    }
    assertThat(this.runtime.events(WasmEvent.EngineSwapped.class))
        .hasSize(how.equals("reload") ? 1 : 0);
  }

  @Test
  void aBoundedNumberOfQuietThreadsCompiles() {
    holdCompilers();
    this.runtime.bytes.put("other", variant("scalar", 1));
    tiered("scalar");
    this.runtime.with(
        WasmModuleDescriptor.builder("other")
            .location("bytes:other")
            .settings(settings -> settings.engineMode(WasmEngineMode.TIERED)));
    add("scalar");
    awaitCompiling();

    assertThat(add("other")).isEqualTo(42);

    assertThat(tier("other")).isEqualTo(WasmTier.State.QUEUED);
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("wasm-background-compiler-"))
                .filter(thread -> thread.getPriority() == Thread.MIN_PRIORITY)
                .filter(Thread::isDaemon))
        .isNotEmpty();
    letCompile();
    awaitTier("other", WasmTier.State.COMPILED);
    assertThat(tier("scalar")).isEqualTo(WasmTier.State.COMPILED);
  }

  @Test
  void whoNeedsTheCompiledModuleNowDoesNotWaitInTheQueue() {
    holdCompilers();
    this.runtime.bytes.put("first", variant("scalar", 1));
    this.runtime.with(
        WasmModuleDescriptor.builder("first")
            .location("bytes:first")
            .settings(settings -> settings.engineMode(WasmEngineMode.TIERED)));
    add("first");
    awaitCompiling();
    tiered("scalar");
    add("scalar");
    assertThat(tier("scalar")).isEqualTo(WasmTier.State.QUEUED);

    this.runtime.engine.beforeCompiling = () -> {};
    this.runtime.with(
        WasmModuleDescriptor.builder("impatient")
            .location("classpath:wasm/scalar.wasm")
            .settings(settings -> settings.engineMode(WasmEngineMode.COMPILED)));

    assertThat(addResult("impatient").engine()).isEqualTo(COMPILED);
    assertThat(tier("scalar")).isEqualTo(WasmTier.State.QUEUED);
  }

  @Test
  void anEvictedModuleLeavesTheQueue() {
    holdCompilers();
    this.runtime.bytes.put("first", variant("scalar", 1));
    this.runtime.with(
        WasmModuleDescriptor.builder("first")
            .location("bytes:first")
            .settings(settings -> settings.engineMode(WasmEngineMode.TIERED)));
    add("first");
    awaitCompiling();
    tiered("scalar");
    add("scalar");

    this.runtime.manager.evict("scalar");
    letCompile();
    awaitTier("first", WasmTier.State.COMPILED);

    assertThat(this.runtime.events(WasmEvent.ModuleCompiled.class))
        .extracting(WasmEvent.ModuleCompiled::module)
        .containsExactly("first");
  }
}
