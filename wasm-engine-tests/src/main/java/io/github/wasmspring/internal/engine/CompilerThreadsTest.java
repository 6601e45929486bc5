package io.github.wasmspring.internal.engine;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CompilerThreadsTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final WasmBinary SCALAR =
      new WasmBinary(Guests.bytes("scalar"), "sha256:scalar", "test");

  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger compilations = new AtomicInteger();
  private final CompiledModuleCache cache = new CompiledModuleCache(1 << 20);
  private final WasmEngine engine = TestEngines.create();
  private final CompilerThreads threads =
      new CompilerThreads(
          new WasmEngine() {
            @Override
            public String name() {
              return "slow";
            }

            @Override
            public WasmCode compile(WasmBinary binary, WasmEngineMode mode) {
              CompilerThreadsTest.this.compilations.incrementAndGet();
              try {
                CompilerThreadsTest.this.released.await();
              } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
              }
              if (binary.bytes().length == 0) {
                throw new WasmLoadException(WasmErrorCategory.MALFORMED, "empty", null);
              }
              return CompilerThreadsTest.this.engine.compile(binary, mode);
            }

            @Override
            public WasmCode precompiled(String className, ClassLoader classLoader) {
              throw new UnsupportedOperationException();
            }
          },
          this.cache);

  private WasmCode compile(WasmBinary binary, Duration timeout) {
    return this.threads.compile(
        binary, WasmEngineMode.COMPILED, true, timeout, CompileListener.NONE);
  }

  @Test
  void givesUpWaitingAndSaysWhatToDo() {
    assertThat(failure(WasmErrorCategory.TIMEOUT, () -> compile(SCALAR, Duration.ofMillis(20))))
        .hasMessageContaining("within 20 ms")
        .hasMessageContaining("limits.compile-timeout");
    this.released.countDown();
  }

  @Test
  void whatCameTooLateIsThereForWhoeverAsksNext() {
    for (int i = 0; i < 3; i++) {
      failure(WasmErrorCategory.TIMEOUT, () -> compile(SCALAR, Duration.ofMillis(10)));
    }
    this.released.countDown();

    assertThat(compile(SCALAR, LONG).exports()).isNotEmpty();
    assertThat(compile(SCALAR, Duration.ofNanos(1)).exports()).isNotEmpty();
    assertThat(this.compilations).hasValue(1);
  }

  /**
   * Whoever lets go of code right after it was compiled, and needs it again, finds it kept again.
   */
  @Test
  void codeIsInTheCacheForWhoeverGetsIt() {
    this.released.countDown();
    for (int i = 0; i < 2000; i++) {
      this.cache.invalidateAll();
      assertThat(compile(SCALAR, LONG)).isNotNull();
      assertThat(this.cache.peek(SCALAR, WasmEngineMode.COMPILED, true)).isNotNull();
    }
  }

  @Test
  void everyCallerIsToldOfAFailure() throws Exception {
    WasmBinary empty = new WasmBinary(new byte[0], "sha256:empty", "test");
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> failure(WasmErrorCategory.MALFORMED, () -> compile(empty, LONG)));
    this.released.countDown();

    assertThat(failure(WasmErrorCategory.MALFORMED, () -> compile(empty, LONG)).detail())
        .isEqualTo("empty");
    other.get(10, TimeUnit.SECONDS);
  }

  @Test
  void anInterruptEndsTheWaitOnly() {
    Thread.currentThread().interrupt();

    failure(WasmErrorCategory.INTERRUPTED, () -> compile(SCALAR, LONG));

    assertThat(Thread.interrupted()).isTrue();
    this.released.countDown();
    assertThat(compile(SCALAR, LONG).exports()).isNotEmpty();
  }
}
