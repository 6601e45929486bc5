package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guests whose stack has the size that their settings say, whoever calls; see stack.wat. */
class GuestStackTest {

  private static final long SMALL = 512 << 10;
  private static final long LARGE = 256 << 20;
  private static final int DEEP = 100_000;

  private final TestRuntime runtime = new TestRuntime();
  private final AtomicReference<Thread> lastThread = new AtomicReference<>();

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    this.runtime.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("wasm-stack-")) {
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
    // A module that changes to compiled code has instances of both for a moment.
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(this.runtime.budget.used()).isZero());
    assertThat(Thread.interrupted()).isFalse();
  }

  private void with(WasmEngineMode mode, long stack) {
    this.runtime.with(
        guest("stack")
            .imports(
                new WasmImportDefinition(
                    "host",
                    "note",
                    new WasmFunctionType(List.of(), List.of()),
                    (caller, arguments) -> {
                      this.lastThread.set(Thread.currentThread());
                      return new long[0];
                    }))
            .settings(
                settings ->
                    settings
                        .engineMode(mode)
                        .pool(pool -> pool.min(0).max(1))
                        .limits(limits -> limits.stack(stack).timeout(Duration.ofSeconds(20)))));
  }

  private int down(int depth) {
    return this.runtime
        .manager
        .module("stack")
        .operation("down")
        .arguments(depth)
        .retrieve(int.class)
        .value();
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void aSmallStackEndsARecursionThatTheCallersWouldHold(WasmEngineMode mode) throws Exception {
    with(mode, SMALL);

    onAThreadWith(LARGE, () -> failure(WasmErrorCategory.STACK_OVERFLOW, () -> down(DEEP)));

    assertThat(down(10)).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void aLargeStackHoldsARecursionThatTheCallersWouldNot(WasmEngineMode mode) throws Exception {
    with(mode, LARGE);

    onAThreadWith(SMALL, () -> assertThat(down(DEEP)).isEqualTo(DEEP));
  }

  @Test
  void withoutTheLimitTheCallersStackCounts() throws Exception {
    with(WasmEngineMode.COMPILED, 0);

    onAThreadWith(LARGE, () -> assertThat(down(DEEP)).isEqualTo(DEEP));
    onAThreadWith(SMALL, () -> failure(WasmErrorCategory.STACK_OVERFLOW, () -> down(DEEP)));
    echo();
    assertThat(this.lastThread.get()).isSameAs(Thread.currentThread());
  }

  private static void onAThreadWith(long stack, Runnable work) throws Exception {
    ExecutorService executor =
        Executors.newSingleThreadExecutor(task -> new Thread(null, task, "caller", stack));
    try {
      executor.submit(work).get();
    } finally {
      executor.shutdown();
    }
  }

  private void echo() {
    assertThat(
            this.runtime
                .manager
                .module("stack")
                .operation("echo")
                .input("text")
                .retrieve(String.class)
                .value())
        .isEqualTo("text");
  }

  @Test
  void hostFunctionsRunOnTheThreadOfTheInstance() {
    with(WasmEngineMode.COMPILED, SMALL);

    echo();
    Thread first = this.lastThread.get();
    echo();

    assertThat(first.getName()).isEqualTo("wasm-stack-stack");
    assertThat(this.lastThread.get()).isSameAs(first);
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void theDeadlineStopsTheGuestThere(WasmEngineMode mode) {
    with(mode, SMALL);

    for (int round = 0; round < 3; round++) {
      failure(
          WasmErrorCategory.TIMEOUT,
          () ->
              this.runtime
                  .manager
                  .module("stack")
                  .operation("spin")
                  .timeout(Duration.ofMillis(30))
                  .retrieve(int.class));
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(down(3)).isEqualTo(3);
    }
  }

  @Test
  void anInterruptOfTheCallerStopsTheGuestThere() throws Exception {
    with(WasmEngineMode.COMPILED, SMALL);
    ExecutorService callers = Executors.newSingleThreadExecutor();
    CountDownLatch begun = new CountDownLatch(1);
    Future<Boolean> call =
        callers.submit(
            () -> {
              begun.countDown();
              failure(
                  WasmErrorCategory.INTERRUPTED,
                  () -> this.runtime.manager.module("stack").operation("spin").retrieve(int.class));
              return Thread.interrupted();
            });
    begun.await();
    callers.shutdownNow();

    assertThat(call.get()).isTrue();
    assertThat(down(3)).isEqualTo(3);
  }

  @Test
  void cancellingStopsTheGuestThere() {
    with(WasmEngineMode.COMPILED, SMALL);

    CompletableFuture<?> call =
        this.runtime.manager.module("stack").operation("spin").retrieveAsync(int.class);
    call.cancel(true);

    assertThat(call).isCancelled();
    assertThat(call.handle((answer, failure) -> failure).join())
        .isInstanceOf(CancellationException.class);
    assertThat(down(3)).isEqualTo(3);
  }

  @Test
  void sessionsUseItToo() throws Exception {
    with(WasmEngineMode.COMPILED, LARGE);

    onAThreadWith(
        SMALL,
        () -> {
          try (WasmSession session = this.runtime.manager.open("stack")) {
            assertThat(session.call("down", DEEP)).containsExactly(DEEP);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1, (256 << 10) - 1, (1L << 30) + 1})
  void sizesThatMakeNoSenseAreRefused(long bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Limits.DEFAULTS.with(limits -> limits.stack(bytes)))
        .withMessageContaining("262144 to 1073741824 bytes");
  }
}
