package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.internal.module.ModuleProperty;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
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
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private record Kind(String operation, WasmErrorCategory category) {}

  private final LongSupplier nanoTime;
  private final Map<Kind, Tally> counters = new ConcurrentHashMap<>();

  HiddenFailures() {
    this(System::nanoTime);
  }

  HiddenFailures(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void count(WasmCallId call, WasmException failure) {
    this.counters
        .computeIfAbsent(
            new Kind(call.export(), failure.category()), kind -> new Tally(this.nanoTime))
        .count(call, failure);
  }

  private static final class Tally {

    private final LongSupplier nanoTime;
    private final AtomicLong next;
    private final LongAdder untold = new LongAdder();
    private volatile boolean told;

    Tally(LongSupplier nanoTime) {
      this.nanoTime = nanoTime;
      this.next = new AtomicLong(nanoTime.getAsLong());
    }

    void count(WasmCallId call, WasmException failure) {
      this.untold.increment();
      long now = this.nanoTime.getAsLong();
      long due = this.next.get();
      if (now - due < 0 || !this.next.compareAndSet(due, now + PAUSE.toNanos())) {
        return;
      }
      long failures = this.untold.sumThenReset();
      if (this.told) {
        logger.warn(
            "Java answered '{}' {} more times, as module '{}' failed ({}); the last time: {}",
            call.export(),
            failures,
            call.module(),
            failure.category(),
            failure.getMessage());
      } else {
        this.told = true;
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
  }
}
