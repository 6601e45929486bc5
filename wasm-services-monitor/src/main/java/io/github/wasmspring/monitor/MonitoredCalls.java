package io.github.wasmspring.monitor;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmCallListener;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records how long calls of modules take, in nanoseconds, in a {@linkplain CallSeries series} for
 * each operation. Versions of a module share one, so that one sees whether a new version is slower.
 * Calls that Java answers count, for their callers wait as well; calls that fail don't, for they
 * may end early.
 */
public final class MonitoredCalls implements WasmCallListener, WasmEventListener {

  /** Operations may be named by callers, and are not to fill the heap. */
  private static final int MOST_OPERATIONS = 10_000;

  private final PerformanceMonitor monitor;
  private final Map<WasmCallId, MonitoredSeries> operations = new ConcurrentHashMap<>();

  /**
   * Those that were registered or called: a new version is there before the old one goes, and takes
   * over its series before anybody has called it.
   */
  private final Map<String, Set<String>> versions = new ConcurrentHashMap<>();

  /** Records in that monitor what it is told of as a listener. */
  public MonitoredCalls(PerformanceMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public void onCall(
      WasmCallId call,
      String engine,
      WasmSource source,
      @Nullable WasmException failure,
      long nanos) {
    if (failure != null) {
      return;
    }
    MonitoredSeries known = this.operations.get(call);
    (known != null ? known : begin(call)).record(nanos);
  }

  private MonitoredSeries begin(WasmCallId call) {
    knows(call.module(), call.version());
    String name = name(call);
    MonitoredSeries series =
        this.monitor.series(PerformanceMonitor.isName(name) ? name : PerformanceMonitor.OTHERS);
    if (this.operations.size() < MOST_OPERATIONS) {
      this.operations.put(call, series);
    }
    return series;
  }

  private static String name(WasmCallId call) {
    return new CallSeries(call.module(), call.export()).name();
  }

  /** When the last version of a module is gone, so are its series. */
  @Override
  public void onEvent(WasmEvent event) {
    if (event instanceof WasmEvent.ModuleRegistered there) {
      knows(there.module(), there.version());
    } else if (event instanceof WasmEvent.ModuleUnregistered gone) {
      this.operations
          .keySet()
          .removeIf(
              call -> call.module().equals(gone.module()) && call.version().equals(gone.version()));
      if (isLast(gone.module(), gone.version())) {
        this.monitor.removeIf(name -> isOf(gone.module(), name));
      }
    }
  }

  private void knows(String module, String version) {
    this.versions.computeIfAbsent(module, unknown -> ConcurrentHashMap.newKeySet()).add(version);
  }

  private boolean isLast(String module, String version) {
    return this.versions.computeIfPresent(
            module,
            (id, known) -> {
              known.remove(version);
              return known.isEmpty() ? null : known;
            })
        == null;
  }

  private static boolean isOf(String module, String series) {
    CallSeries calls = CallSeries.of(series);
    return calls != null && calls.module().equals(module);
  }
}
