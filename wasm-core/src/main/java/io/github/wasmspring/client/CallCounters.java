package io.github.wasmspring.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmSource;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the calls of one module. */
final class CallCounters {

  private final LongAdder wasm = new LongAdder();
  private final LongAdder fallback = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  void count(WasmSource source, @Nullable WasmException failure, long duration) {
    (failure != null ? this.failed : source == WasmSource.WASM ? this.wasm : this.fallback)
        .increment();
    this.nanos.add(duration);
  }

  WasmModuleStatus.Calls snapshot() {
    long answered = this.wasm.sum();
    long fellBack = this.fallback.sum();
    long unanswered = this.failed.sum();
    long total = answered + fellBack + unanswered;
    return new WasmModuleStatus.Calls(
        total,
        answered,
        fellBack,
        unanswered,
        Duration.ofNanos(total == 0 ? 0 : this.nanos.sum() / total));
  }
}
