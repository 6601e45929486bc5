package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.internal.pool.CallCounter;
import io.github.wasmspring.internal.pool.PooledInstance;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the calls of one module. */
final class CallCounters {

  /** So many calls are timed, where nobody wants to know of each; a power of two. */
  static final int TIMED_ONE_IN = 256;

  private final LongAdder wasm = new LongAdder();
  private final LongAdder fallback = new LongAdder();
  private final LongAdder java = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder timed = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final Set<CallCounter> counters = ConcurrentHashMap.newKeySet();

  void count(WasmSource source, @Nullable WasmException failure) {
    (failure != null ? this.failed : answers(source)).increment();
  }

  private LongAdder answers(WasmSource source) {
    return switch (source) {
      case WASM -> this.wasm;
      case FALLBACK -> this.fallback;
      case JAVA -> this.java;
    };
  }

  /** A call that was counted was timed too. */
  void timed(long duration) {
    this.timed.increment();
    this.nanos.add(duration);
  }

  /** Has an instance, held by the caller, count its calls by itself. */
  CallCounter open(PooledInstance instance) {
    addUpClosed();
    CallCounter counter = new CallCounter();
    this.counters.add(counter);
    instance.counter(counter);
    return counter;
  }

  private synchronized void addUpClosed() {
    for (Iterator<CallCounter> each = this.counters.iterator(); each.hasNext(); ) {
      CallCounter counter = each.next();
      if (counter.isClosed()) {
        each.remove();
        this.wasm.add(counter.calls());
        this.timed.add(counter.timed());
        this.nanos.add(counter.nanos());
      }
    }
  }

  synchronized WasmModuleStatus.Calls snapshot() {
    addUpClosed();
    long answered = this.wasm.sum();
    long took = this.nanos.sum();
    long measured = this.timed.sum();
    for (CallCounter counter : this.counters) {
      answered += counter.calls();
      took += counter.nanos();
      measured += counter.timed();
    }
    long fellBack = this.fallback.sum();
    long chosen = this.java.sum();
    long unanswered = this.failed.sum();
    long total = answered + fellBack + chosen + unanswered;
    return new WasmModuleStatus.Calls(
        total,
        answered,
        fellBack,
        chosen,
        unanswered,
        Duration.ofNanos(measured == 0 ? 0 : took / measured));
  }
}
