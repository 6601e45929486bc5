package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.ModuleMaker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Modules of a few bytes, opened and called. */
final class Guests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private Guests() {}

  static WasmCode open(UnaryOperator<ModuleMaker> content) {
    return open(content.apply(new ModuleMaker()).bytes());
  }

  static WasmCode open(byte[] bytes) {
    return new JvmEngine()
        .compile(new WasmBinary(bytes, "digest", "a test"), WasmEngineMode.COMPILED, true);
  }

  static WasmInstance start(WasmCode code, WasmImportDefinition... imports) {
    return code.instantiate(List.of(imports), Limits.DEFAULTS, MemoryCharge.NONE, false);
  }

  static WasmInstance start(UnaryOperator<ModuleMaker> content) {
    return start(open(content));
  }

  /** Calls what the module exports first. */
  static long[] call(WasmInstance instance, long... arguments) {
    return instance.call(0, arguments);
  }

  static WasmException failure(WasmErrorCategory category, WasmInstance instance, long... given) {
    WasmException failure =
        catchThrowableOfType(WasmException.class, () -> instance.call(0, given));
    assertThat(failure).isNotNull();
    assertThat(failure.category()).as("%s", failure).isEqualTo(category);
    return failure;
  }

  /**
   * Interrupts a call that never ends by itself.
   *
   * @param started is counted down by the guest when it has begun
   */
  static void stops(WasmInstance instance, CountDownLatch started) throws InterruptedException {
    AtomicReference<WasmException> failure = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> failure.set(catchThrowableOfType(WasmException.class, () -> call(instance))));
    caller.setDaemon(true);
    caller.start();
    assertThat(started.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    caller.join(50);
    assertThat(caller.isAlive()).as("it has not ended by itself").isTrue();
    caller.interrupt();
    caller.join(SOON.toMillis());
    assertThat(failure.get()).as("it goes on").isNotNull();
    assertThat(failure.get().category()).isEqualTo(WasmErrorCategory.INTERRUPTED);
  }
}
