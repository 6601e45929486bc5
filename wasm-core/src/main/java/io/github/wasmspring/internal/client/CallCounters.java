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
  private final Set<CallCounter> tallies = ConcurrentHashMap.newKeySet();

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
    CallCounter tally = new CallCounter();
    this.tallies.add(tally);
    instance.tally(tally);
    return tally;
  }

  private synchronized void addUpClosed() {
    for (Iterator<CallCounter> each = this.tallies.iterator(); each.hasNext(); ) {
      CallCounter tally = each.next();
      if (tally.isClosed()) {
        each.remove();
        this.wasm.add(tally.calls());
        this.timed.add(tally.timed());
        this.nanos.add(tally.nanos());
      }
    }
  }

  synchronized WasmModuleStatus.Calls snapshot() {
    addUpClosed();
    long answered = this.wasm.sum();
    long took = this.nanos.sum();
    long measured = this.timed.sum();
    for (CallCounter tally : this.tallies) {
      answered += tally.calls();
      took += tally.nanos();
      measured += tally.timed();
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
