package io.github.wasmspring.observe;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventListener;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts failures of calls by module, version, operation, category, message and minute. */
public final class WasmErrorReporter implements WasmEventListener {

  /** Names may come from callers, and are not to fill the heap. */
  private static final int MOST_ROWS = 1_000;

  private final Clock clock;
  private final Map<Key, ErrorTally> tallies = new ConcurrentHashMap<>();
  private final LongAdder left = new LongAdder();
  private volatile Instant since;

  private record Key(String module, String version, String operation, WasmErrorCategory category) {}

  /** Counts from now on what it is told of as a listener. */
  public WasmErrorReporter() {
    this(Clock.systemUTC());
  }

  WasmErrorReporter(Clock clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  @Override
  public void onEvent(WasmEvent event) {
    if (event instanceof WasmEvent.CallFailed failed) {
      ErrorTally tally =
          tally(new Key(failed.module(), failed.version(), failed.operation(), failed.category()));
      if (tally == null) {
        this.left.increment();
      } else {
        tally.count(this.clock.instant(), failed.message(), failed.fallback());
      }
    }
  }

  private @Nullable ErrorTally tally(Key key) {
    ErrorTally known = this.tallies.get(key);
    return known != null || this.tallies.size() >= MOST_ROWS
        ? known
        : this.tallies.computeIfAbsent(key, any -> new ErrorTally());
  }

  /**
   * What there was until now.
   *
   * @param module the id of the module whose failures are wanted, {@code null} for those of all
   */
  public WasmErrorReport report(@Nullable String module) {
    Instant now = this.clock.instant();
    var rows =
        this.tallies.entrySet().stream()
            .filter(each -> module == null || each.getKey().module().equals(module))
            .map(each -> row(each.getKey(), each.getValue(), now))
            .sorted(
                Comparator.comparingLong(WasmErrorReport.Row::count)
                    .reversed()
                    .thenComparing(WasmErrorReport.Row::module)
                    .thenComparing(WasmErrorReport.Row::operation)
                    .thenComparing(WasmErrorReport.Row::category))
            .toList();
    long unkept = module == null ? this.left.sum() : 0;
    return new WasmErrorReport(
        this.since,
        rows.stream().mapToLong(WasmErrorReport.Row::count).sum() + unkept,
        unkept,
        rows);
  }

  private static WasmErrorReport.Row row(Key key, ErrorTally tally, Instant now) {
    return tally.row(key.module(), key.version(), key.operation(), key.category(), now);
  }

  /** Counts anew. */
  public void clear() {
    this.tallies.clear();
    this.left.reset();
    this.since = this.clock.instant();
  }
}
