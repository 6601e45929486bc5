package io.github.wasmspring.autoconfigure.tenant.metrics;

import io.github.wasmspring.tenant.WasmTenantStatus;
import io.github.wasmspring.tenant.WasmTenants;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What tenants have: the counters {@code wasm.tenant.calls} and {@code wasm.tenant.cpu} (seconds)
 * and the gauges {@code wasm.tenant.running} and {@code wasm.tenant.memory} with the tag {@code
 * tenant}, and the counter {@code wasm.tenant.rejected} with the tag {@code limit} as well. Tenants
 * that the settings do not name, whose keys may come from outside, are {@code other} together.
 */
public final class WasmTenantMetrics implements MeterBinder {

  static final String CALLS = "wasm.tenant.calls";
  static final String REJECTED = "wasm.tenant.rejected";
  static final String CPU = "wasm.tenant.cpu";
  static final String RUNNING = "wasm.tenant.running";
  static final String MEMORY = "wasm.tenant.memory";

  private final WasmTenants tenants;

  public WasmTenantMetrics(WasmTenants tenants) {
    this.tenants = tenants;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Stream.concat(this.tenants.settings().named().keySet().stream(), Stream.of(WasmTenants.DEFAULT))
        .distinct()
        .forEach(key -> bind(key, () -> this.tenants.find(key).orElseThrow(), registry));
    bind(WasmTenants.OTHER, this.tenants::others, registry);
  }

  private void bind(String key, Supplier<WasmTenantStatus> status, MeterRegistry registry) {
    counter(CALLS, "Calls of a tenant that were made", status, WasmTenantStatus::admitted)
        .tag("tenant", key)
        .register(registry);
    rejected(key, "calls", status, each -> each.refused().calls(), registry);
    rejected(key, "cpu-time", status, each -> each.refused().cpuTime(), registry);
    rejected(key, "memory", status, each -> each.refused().memory(), registry);
    counter(
            CPU,
            "Processor time of the guests of a tenant",
            status,
            each -> each.cpuTime().toNanos() / 1e9)
        .baseUnit("seconds")
        .tag("tenant", key)
        .register(registry);
    Gauge.builder(RUNNING, () -> status.get().calls())
        .description("Calls of a tenant at present, those that wait included")
        .tag("tenant", key)
        .register(registry);
    Gauge.builder(MEMORY, () -> status.get().memory())
        .description("Memory of the instances that run calls of a tenant")
        .baseUnit(BaseUnits.BYTES)
        .tag("tenant", key)
        .register(registry);
  }

  private void rejected(
      String key,
      String limit,
      Supplier<WasmTenantStatus> status,
      ToDoubleFunction<WasmTenantStatus> figure,
      MeterRegistry registry) {
    counter(REJECTED, "Calls of a tenant that were refused", status, figure)
        .tag("tenant", key)
        .tag("limit", limit)
        .register(registry);
  }

  private FunctionCounter.Builder<WasmTenants> counter(
      String name,
      String description,
      Supplier<WasmTenantStatus> status,
      ToDoubleFunction<WasmTenantStatus> figure) {
    return FunctionCounter.builder(
            name, this.tenants, tenants -> figure.applyAsDouble(status.get()))
        .description(description);
  }
}
