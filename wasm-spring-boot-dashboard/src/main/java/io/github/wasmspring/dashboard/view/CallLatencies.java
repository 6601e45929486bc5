package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmCallListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Listens to calls while somebody looks, for how long they take by module. */
public final class CallLatencies implements WasmCallListener {

  /** Operations may be named by callers, and are not to fill the heap. */
  private static final int MOST_OPERATIONS = 10_000;

  private final Map<WasmCallId, LatencyCounts> operations = new ConcurrentHashMap<>();
  private final Map<String, LatencyCounts> modules = new ConcurrentHashMap<>();

  @Override
  public void onCall(
      WasmCallId call,
      String engine,
      WasmSource source,
      @Nullable WasmException failure,
      long nanos) {
    LatencyCounts counts = this.operations.get(call);
    if (counts == null) {
      counts = module(call);
      if (this.operations.size() < MOST_OPERATIONS) {
        this.operations.put(call, counts);
      }
    }
    counts.add(nanos);
  }

  private LatencyCounts module(WasmCallId call) {
    return this.modules.computeIfAbsent(
        call.module() + '@' + call.version(), key -> new LatencyCounts());
  }

  /** By the key of a module. */
  @Nullable LatencyCounts of(String module) {
    return this.modules.get(module);
  }
}
