package io.github.wasmspring.autoconfigure.metrics;

import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The memory of all modules together: the gauges {@code wasm.memory.budget} and {@code
 * wasm.memory.budget.used}, and {@code wasm.memory.high-water.total}.
 */
public final class WasmMemoryMetrics implements MeterBinder {

  private final MemoryBudget budget;

  public WasmMemoryMetrics(MemoryBudget budget) {
    this.budget = budget;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("wasm.memory.budget", this.budget, MemoryBudget::limit)
        .description("Memory that the instances of all WebAssembly modules may have together")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    Gauge.builder("wasm.memory.budget.used", this.budget, MemoryBudget::used)
        .description("Memory that the instances of all WebAssembly modules have")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    Gauge.builder(
            "wasm.memory.high-water.total", this.budget, budget -> budget.stats().highWaterOfAll())
        .description("Most linear memory that all WebAssembly modules ever had together")
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
  }
}
