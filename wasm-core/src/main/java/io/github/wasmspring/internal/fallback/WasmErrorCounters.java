package io.github.wasmspring.internal.fallback;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventListener;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts failed calls by module and category, those that a fallback answered included. */
public final class WasmErrorCounters implements WasmEventListener {

  private final Map<String, Map<WasmErrorCategory, LongAdder>> counts = new ConcurrentHashMap<>();

  @Override
  public void onEvent(WasmEvent event) {
    if (event instanceof WasmEvent.CallFailed failed) {
      count(failed.module(), failed.category());
    }
  }

  private void count(String module, WasmErrorCategory category) {
    this.counts
        .computeIfAbsent(module, key -> new ConcurrentHashMap<>())
        .computeIfAbsent(category, key -> new LongAdder())
        .increment();
  }

  /** Counts anew for a module, for instance one that is registered again. */
  public void forget(String module) {
    this.counts.remove(module);
  }

  /** Failures of a module so far; categories without any are left out. */
  public Map<WasmErrorCategory, Long> of(String module) {
    Map<WasmErrorCategory, Long> result = new EnumMap<>(WasmErrorCategory.class);
    this.counts
        .getOrDefault(module, Map.of())
        .forEach((key, count) -> result.put(key, count.sum()));
    return result;
  }
}
