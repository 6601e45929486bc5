package io.github.wasmspring.autoconfigure.memory.metrics;

import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.memory.AgentMemoryStats;
import io.github.wasmspring.memory.MemoryNamespaceSize;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What an agent memory does: the counters {@code wasm.agent.memory.reads}, {@code .writes}, {@code
 * .commits}, {@code .expired}, {@code .refused} and {@code .conflicts}; and what it has: the gauges
 * {@code wasm.agent.memory.entries} and {@code .size} (bytes) with the tag {@code namespace}.
 * Namespaces without settings of their own, whose names may come from outside, are {@code other}
 * together.
 */
public final class WasmAgentMemoryMetrics implements MeterBinder {

  static final String PREFIX = "wasm.agent.memory.";
  static final String OTHER = "other";

  private final AgentMemory memory;
  private final KnownSizes sizes;

  public WasmAgentMemoryMetrics(AgentMemory memory) {
    this.memory = memory;
    this.sizes = new KnownSizes(memory);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    count("reads", "Queries that were answered", AgentMemoryStats::reads, registry);
    count("writes", "Changes that were committed", AgentMemoryStats::writes, registry);
    count("commits", "Transactions that they went in", AgentMemoryStats::commits, registry);
    count("expired", "Versions that were deleted as expired", AgentMemoryStats::purged, registry);
    count("refused", "Writes that a quota had no room for", AgentMemoryStats::refused, registry);
    count("conflicts", "Writes that found another version", AgentMemoryStats::conflicts, registry);
    Set<String> named = this.memory.namespaceSettings().keySet();
    named.forEach(name -> measure(name, size -> size.name().equals(name), registry));
    if (!named.contains(OTHER)) {
      measure(OTHER, size -> !named.contains(size.name()), registry);
    }
  }

  private void count(
      String name,
      String description,
      ToDoubleFunction<AgentMemoryStats> figure,
      MeterRegistry registry) {
    FunctionCounter.builder(
            PREFIX + name, this.memory, memory -> figure.applyAsDouble(memory.stats()))
        .description(description)
        .register(registry);
  }

  private void measure(
      String namespace, Predicate<MemoryNamespaceSize> which, MeterRegistry registry) {
    gauge("entries", "Entries that count for the quota", namespace, which, e -> e.entries())
        .register(registry);
    gauge("size", "Bytes that count for the quota", namespace, which, e -> e.bytes())
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
  }

  private Gauge.Builder<?> gauge(
      String name,
      String description,
      String namespace,
      Predicate<MemoryNamespaceSize> which,
      ToLongFunction<MemoryNamespaceSize> figure) {
    return Gauge.builder(PREFIX + name, this.sizes, sizes -> sizes.sum(which, figure))
        .description(description)
        .tag("namespace", namespace)
        .strongReference(true);
  }
}
