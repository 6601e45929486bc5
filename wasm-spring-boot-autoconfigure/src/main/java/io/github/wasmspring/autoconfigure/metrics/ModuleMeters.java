package io.github.wasmspring.autoconfigure.metrics;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.pool.PoolStats;
import io.github.wasmspring.sandbox.MemoryStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The meters of one module, all of its versions together. */
final class ModuleMeters {

  static final String INSTANCES = "wasm.instances";
  static final String MEMORY = "wasm.memory.";

  private final String module;
  private final WasmModuleManager manager;

  ModuleMeters(String module, WasmModuleManager manager) {
    this.module = module;
    this.manager = manager;
  }

  List<Meter> register(MeterRegistry registry) {
    return List.of(
        instances("idle", PoolStats::idle, registry),
        instances("in-use", PoolStats::inUse, registry),
        threads(registry),
        quarantined(registry),
        memory("used", "Linear memory that a WebAssembly module uses", MemoryStats::used, registry),
        memory(
            "committed",
            "Linear memory that the instances of a WebAssembly module have",
            MemoryStats::committed,
            registry),
        highWater(registry),
        growth(registry),
        fragmentation(registry));
  }

  private Meter instances(String state, ToLongFunction<PoolStats> figure, MeterRegistry registry) {
    return Gauge.builder(INSTANCES, () -> pools().mapToLong(figure).sum())
        .description("Instances of a WebAssembly module")
        .tag("module", this.module)
        .tag("state", state)
        .register(registry);
  }

  private Meter threads(MeterRegistry registry) {
    return Gauge.builder("wasm.guest.threads", () -> pools().mapToInt(PoolStats::threads).sum())
        .description("Threads that the guests of a WebAssembly module have started")
        .tag("module", this.module)
        .register(registry);
  }

  private Meter quarantined(MeterRegistry registry) {
    return Gauge.builder(
            "wasm.quarantined",
            () ->
                this.manager.status(this.module).stream()
                    .mapToInt(status -> status.quarantined().size())
                    .sum())
        .description("Operations of a WebAssembly module that are in quarantine")
        .tag("module", this.module)
        .register(registry);
  }

  private Meter memory(
      String name, String description, ToLongFunction<MemoryStats> figure, MeterRegistry registry) {
    return Gauge.builder(MEMORY + name, () -> memories().mapToLong(figure).sum())
        .description(description)
        .baseUnit(BaseUnits.BYTES)
        .tag("module", this.module)
        .register(registry);
  }

  private Meter highWater(MeterRegistry registry) {
    return Gauge.builder(
            MEMORY + "high-water",
            () -> memories().mapToLong(MemoryStats::highWater).max().orElse(0))
        .description("Largest linear memory that an instance of a WebAssembly module ever had")
        .baseUnit(BaseUnits.BYTES)
        .tag("module", this.module)
        .register(registry);
  }

  private Meter growth(MeterRegistry registry) {
    return FunctionCounter.builder(
            MEMORY + "growth",
            this,
            meters -> meters.memories().mapToLong(MemoryStats::growths).sum())
        .description("Times that a WebAssembly module let its memory grow")
        .tag("module", this.module)
        .register(registry);
  }

  private Meter fragmentation(MeterRegistry registry) {
    return Gauge.builder(MEMORY + "fragmentation", this::fragmentation)
        .description(
            "Part of the free memory of a WebAssembly module that is not in the largest block")
        .tag("module", this.module)
        .register(registry);
  }

  /** Of the version that has most free memory; {@code null}, which is no number, if none tells. */
  private @Nullable Double fragmentation() {
    return memories()
        .filter(memory -> memory.fragmentation() != null)
        .max(Comparator.comparingLong(MemoryStats::free))
        .map(MemoryStats::fragmentation)
        .orElse(null);
  }

  private Stream<MemoryStats> memories() {
    return pools().map(PoolStats::memory);
  }

  private Stream<PoolStats> pools() {
    return this.manager.status(this.module).stream().map(status -> status.pool());
  }
}
