package io.github.wasmspring.autoconfigure.metrics;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmCallListener;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The timer {@code wasm.calls} with the tags {@code module}, {@code operation}, {@code engine},
 * {@code source} ({@code WASM}, {@code FALLBACK} or {@code JAVA}) and {@code outcome} ({@code
 * SUCCESS} or an error category). A call finds its timer without making an object.
 */
public final class WasmCallMetrics implements WasmCallListener, WasmEventListener {

  static final String CALLS = "wasm.calls";
  static final String SUCCESS = "SUCCESS";

  private final MeterRegistry registry;
  private final Map<WasmCallId, OperationTimers> operations = new ConcurrentHashMap<>();

  public WasmCallMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void onCall(
      WasmCallId call,
      String engine,
      WasmSource source,
      @Nullable WasmException failure,
      long nanos) {
    OperationTimers timers = this.operations.get(call);
    if (timers == null) {
      timers = this.operations.computeIfAbsent(call, OperationTimers::new);
    }
    timers
        .timer(engine, source, failure == null ? null : failure.category())
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** The timers themselves go with all other meters of the module. */
  @Override
  public void onEvent(WasmEvent event) {
    if (event instanceof WasmEvent.ModuleUnregistered gone) {
      this.operations.keySet().removeIf(call -> call.module().equals(gone.module()));
    }
  }

  private record Entry(
      String engine, WasmSource source, @Nullable WasmErrorCategory failure, Timer timer) {

    boolean matches(String engine, WasmSource source, @Nullable WasmErrorCategory failure) {
      return this.source == source && this.failure == failure && this.engine.equals(engine);
    }
  }

  /** The timers of one operation; there are so few that looking through them is quickest. */
  private final class OperationTimers {

    private final WasmCallId call;
    private volatile Entry[] entries = {};

    OperationTimers(WasmCallId call) {
      this.call = call;
    }

    Timer timer(String engine, WasmSource source, @Nullable WasmErrorCategory failure) {
      for (Entry entry : this.entries) {
        if (entry.matches(engine, source, failure)) {
          return entry.timer();
        }
      }
      return add(engine, source, failure);
    }

    private synchronized Timer add(
        String engine, WasmSource source, @Nullable WasmErrorCategory failure) {
      Timer timer =
          Timer.builder(CALLS)
              .description("Calls of WebAssembly modules and their Java fallbacks")
              .tag("module", this.call.module())
              .tag("operation", this.call.export())
              .tag("engine", engine)
              .tag("source", source.name())
              .tag("outcome", failure == null ? SUCCESS : failure.name())
              .register(WasmCallMetrics.this.registry);
      Entry[] extended = Arrays.copyOf(this.entries, this.entries.length + 1);
      extended[extended.length - 1] = new Entry(engine, source, failure, timer);
      this.entries = extended;
      return timer;
    }
  }
}
