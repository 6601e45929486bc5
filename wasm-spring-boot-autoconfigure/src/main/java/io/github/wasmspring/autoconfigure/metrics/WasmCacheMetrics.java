package io.github.wasmspring.autoconfigure.metrics;

import io.github.wasmspring.engine.CompiledModuleCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/**
 * The cache of compiled modules in the heap: the counters {@code wasm.cache.requests} with the tag
 * {@code result} ({@code hit} or {@code miss}) and {@code wasm.cache.evictions}, the gauges {@code
 * wasm.cache.size} and {@code wasm.cache.weight}, all with the tag {@code tier} ({@code memory}).
 */
public final class WasmCacheMetrics implements MeterBinder {

  static final String TIER = "tier";

  private static final String MEMORY = "memory";

  private final CompiledModuleCache cache;

  public WasmCacheMetrics(CompiledModuleCache cache) {
    this.cache = cache;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    requests("hit", CompiledModuleCache::hits, registry);
    requests("miss", CompiledModuleCache::misses, registry);
    FunctionCounter.builder("wasm.cache.evictions", this.cache, CompiledModuleCache::evictions)
        .description("Compiled WebAssembly modules that had to make room for others")
        .tag(TIER, MEMORY)
        .register(registry);
    Gauge.builder("wasm.cache.size", this.cache, CompiledModuleCache::size)
        .description("Compiled WebAssembly modules in the cache")
        .tag(TIER, MEMORY)
        .register(registry);
    Gauge.builder("wasm.cache.weight", this.cache, CompiledModuleCache::weight)
        .description("Bytes that the compiled WebAssembly modules in the cache take, about")
        .tag(TIER, MEMORY)
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
  }

  private void requests(
      String result, ToDoubleFunction<CompiledModuleCache> figure, MeterRegistry registry) {
    FunctionCounter.builder("wasm.cache.requests", this.cache, figure)
        .description("Look-ups of compiled WebAssembly modules")
        .tag(TIER, MEMORY)
        .tag("result", result)
        .register(registry);
  }
}
