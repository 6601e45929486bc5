package io.github.wasmspring.autoconfigure.metrics;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledCodeStoreStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;

/**
 * Compiled code on disk: the meters of {@link WasmCacheMetrics} with {@code disk} as their tag
 * {@code tier}, and the counter {@code wasm.cache.failures}.
 */
public final class WasmDiskCacheMetrics implements MeterBinder {

  private static final String DISK = "disk";

  private final CompiledCodeStore store;

  public WasmDiskCacheMetrics(CompiledCodeStore store) {
    this.store = store;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    requests("hit", CompiledCodeStoreStatus::hits).register(registry);
    requests("miss", CompiledCodeStoreStatus::misses).register(registry);
    counter(
            "wasm.cache.evictions",
            "Compiled WebAssembly modules that had to make room for others",
            CompiledCodeStoreStatus::evictions)
        .register(registry);
    counter(
            "wasm.cache.failures",
            "Files of compiled WebAssembly modules that were damaged or could not be read or written",
            CompiledCodeStoreStatus::failures)
        .register(registry);
    Gauge.builder("wasm.cache.size", this.store, store -> store.status().entries())
        .description("Compiled WebAssembly modules in the cache")
        .tag(WasmCacheMetrics.TIER, DISK)
        .register(registry);
    Gauge.builder("wasm.cache.weight", this.store, store -> store.status().bytes())
        .description("Bytes that the compiled WebAssembly modules in the cache take, about")
        .tag(WasmCacheMetrics.TIER, DISK)
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
  }

  private FunctionCounter.Builder<CompiledCodeStore> requests(
      String result, ToLongFunction<CompiledCodeStoreStatus> figure) {
    return counter("wasm.cache.requests", "Look-ups of compiled WebAssembly modules", figure)
        .tag("result", result);
  }

  private FunctionCounter.Builder<CompiledCodeStore> counter(
      String name, String description, ToLongFunction<CompiledCodeStoreStatus> figure) {
    return FunctionCounter.builder(name, this.store, store -> figure.applyAsLong(store.status()))
        .description(description)
        .tag(WasmCacheMetrics.TIER, DISK);
  }
}
