package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.client.WasmModuleStatus.Calls;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What the calls of a module, or of all, came to in each of the last seconds; for one thread. */
final class CallHistory {

  static final int SECONDS = 60;

  private static final double NANOS = 1e9;

  private record Reading(long nanos, Calls calls) {}

  private final ArrayDeque<Reading> readings = new ArrayDeque<>();

  /**
   * @param nanos when, of {@link System#nanoTime}
   * @param minute how long calls took, {@code null} if that is not measured
   */
  CallFigures read(long nanos, Calls calls, @Nullable LatencyMinute minute) {
    Reading before = this.readings.peekLast();
    this.readings.addLast(new Reading(nanos, calls));
    if (this.readings.size() > SECONDS + 1) {
      this.readings.removeFirst();
    }
    return new CallFigures(
        before == null ? null : perSecond(before, nanos, calls),
        calls.total(),
        calls.wasm(),
        calls.fallback(),
        calls.java(),
        calls.failed(),
        before == null ? null : lastMinute(this.readings.getFirst(), nanos, calls, minute));
  }

  private static double perSecond(Reading before, long nanos, Calls calls) {
    long elapsed = Math.max(1, nanos - before.nanos());
    long made = Math.max(0, calls.total() - before.calls().total());
    return Math.round(made * NANOS / elapsed * 10) / 10.0;
  }

  private static CallFigures.LastMinute lastMinute(
      Reading first, long nanos, Calls calls, @Nullable LatencyMinute minute) {
    long made = Math.max(0, calls.total() - first.calls().total());
    long wasm = Math.max(0, calls.wasm() - first.calls().wasm());
    return new CallFigures.LastMinute(
        (int) Math.round((nanos - first.nanos()) / NANOS),
        made,
        Math.max(0, calls.failed() - first.calls().failed()),
        made == 0 ? null : Math.min(1, (double) wasm / made),
        minute == null ? null : minute.quantile(0.5),
        minute == null ? null : minute.quantile(0.9),
        minute == null ? null : minute.quantile(0.99),
        minute == null ? null : minute.quantile(1));
  }

  /** Of all modules together. */
  static Calls sum(Iterable<Calls> parts) {
    long total = 0;
    long wasm = 0;
    long fallback = 0;
    long java = 0;
    long failed = 0;
    for (Calls part : parts) {
      total += part.total();
      wasm += part.wasm();
      fallback += part.fallback();
      java += part.java();
      failed += part.failed();
    }
    return new Calls(total, wasm, fallback, java, failed, Duration.ZERO);
  }
}
