package io.github.wasmspring.internal.client;

import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.internal.prepare.TierSettings;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.prepare.WasmTier;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A runtime whose engine compiles to bytecode only when a test lets it. */
@Timeout(60)
abstract class TierFixture {

  static final String INTERPRETER = TestEngines.INTERPRETER;
  static final String COMPILED = TestEngines.COMPILED;

  /** No module is small, and five calls show that one is used. */
  static final TierSettings FIVE_CALLS = new TierSettings(1, 0, 5, Duration.ofHours(1));

  final MemoryBudget budget = MemoryBudget.ofDefaultSize();
  final TestRuntime runtime = new TestRuntime(this.budget, FIVE_CALLS);

  private final CountDownLatch compiling = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void close() {
    this.released.countDown();
    this.runtime.close();
  }

  /** From now on whoever compiles waits for {@link #letCompile()}. */
  void holdCompilers() {
    this.runtime.engine.beforeCompiling =
        () -> {
          this.compiling.countDown();
          awaitQuietly(this.released);
        };
  }

  void awaitCompiling() {
    awaitQuietly(this.compiling);
  }

  void letCompile() {
    this.released.countDown();
  }

  static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing happened");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static WasmModuleDescriptor.Builder guest(String name, WasmEngineMode mode) {
    return TestRuntime.guest(name).settings(settings -> settings.engineMode(mode));
  }

  /** The bytes of a guest with something behind them, so that its digest is another one. */
  static byte[] variant(String guest, int number) {
    byte[] bytes = Guests.bytes(guest);
    byte[] variant = Arrays.copyOf(bytes, bytes.length + 8);
    byte[] section = {0, 6, 1, 'v', 0, 0, (byte) (number >> 8), (byte) number};
    System.arraycopy(section, 0, variant, bytes.length, section.length);
    return variant;
  }

  int add(String module) {
    return addResult(module).value();
  }

  WasmResult<Integer> addResult(String module) {
    return this.runtime
        .manager
        .module(module)
        .operation("add")
        .arguments(40, 2)
        .retrieve(Integer.class);
  }

  WasmModuleStatus status(String module) {
    return this.runtime.manager.status(module).get(0);
  }

  WasmTier.State tier(String module) {
    return status(module).tier().state();
  }

  void awaitTier(String module, WasmTier.State state) {
    await().atMost(Duration.ofSeconds(30)).until(() -> tier(module) == state);
  }

  /** By then the pool of the compiled code is as full as it gets by itself, too. */
  void awaitSwap() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !this.runtime.events(WasmEvent.EngineSwapped.class).isEmpty());
  }
}
