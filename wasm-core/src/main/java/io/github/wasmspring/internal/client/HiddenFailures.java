package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.internal.event.Recurrences;
import io.github.wasmspring.internal.module.ModuleProperty;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator of failures of one module that its Java fallbacks hide from callers: of the
 * first of an operation and category at once, of further ones how many they were, once a minute at
 * most.
 */
final class HiddenFailures {

  private static final Logger logger = LoggerFactory.getLogger(HiddenFailures.class);

  private record Kind(String operation, WasmErrorCategory category) {}

  private final Recurrences<Kind> failures;

  HiddenFailures() {
    this(System::nanoTime);
  }

  HiddenFailures(LongSupplier nanoTime) {
    this.failures = new Recurrences<>(nanoTime);
  }

  void count(WasmCallId call, WasmException failure) {
    Recurrences.Turn turn = this.failures.count(new Kind(call.export(), failure.category()));
    if (turn == null) {
      return;
    }
    if (!turn.first()) {
      logger.warn(
          "Java answered '{}' {} more times, as module '{}' failed ({}); the last time: {}",
          call.export(),
          turn.times(),
          call.module(),
          failure.category(),
          failure.getMessage());
      return;
    }
    logger.warn(
        "Java answers '{}', as module '{}' failed ({}): {}. Callers do not notice; further failures are counted and told once a minute at most. "
            + "Look at /actuator/wasm/{} and at the meter wasm.errors; the level DEBUG of {} shows where each failed, and {}=wasm throws them",
        call.export(),
        call.module(),
        failure.category(),
        failure.getMessage(),
        call.module(),
        CallExecutor.class.getName(),
        ModuleProperty.of(call.module(), "execution-mode"));
  }
}
