package io.github.wasmspring.internal.fallback;

import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.WasmCircuitBreaker;
import io.github.wasmspring.fallback.WasmQuarantine;
import io.github.wasmspring.module.WasmModuleSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Those of the operations of one module; an export has one, whatever it is called by. Where a
 * circuit breaker takes their place, all exports have one in common.
 */
public final class Quarantines {

  private final WasmModuleSettings.Quarantine settings;
  private final WasmEventPublisher events;
  private final LongSupplier nanoTime;
  private final @Nullable WasmCircuitBreaker breaker;
  private final Map<String, Quarantine> byExport = new ConcurrentHashMap<>();

  public Quarantines(WasmModuleSettings.Quarantine settings, WasmEventPublisher events) {
    this(settings, null, events);
  }

  /**
   * @param breaker what decides in their place, {@code null} for what the settings say
   */
  public Quarantines(
      WasmModuleSettings.Quarantine settings,
      @Nullable WasmCircuitBreaker breaker,
      WasmEventPublisher events) {
    this(settings, breaker, events, System::nanoTime);
  }

  Quarantines(
      WasmModuleSettings.Quarantine settings, WasmEventPublisher events, LongSupplier nanoTime) {
    this(settings, null, events, nanoTime);
  }

  Quarantines(
      WasmModuleSettings.Quarantine settings,
      @Nullable WasmCircuitBreaker breaker,
      WasmEventPublisher events,
      LongSupplier nanoTime) {
    this.breaker = breaker;
    this.settings = settings;
    this.events = events;
    this.nanoTime = nanoTime;
  }

  public Quarantine of(WasmCallId call) {
    return this.byExport.computeIfAbsent(
        this.breaker == null ? call.export() : WasmQuarantine.ALL, export -> create(call));
  }

  private Quarantine create(WasmCallId call) {
    return this.breaker == null
        ? new CountedQuarantine(call, this.settings, this.events, this.nanoTime)
        : new BreakerQuarantine(
            new WasmCallId(call.module(), call.version(), WasmQuarantine.ALL),
            String.valueOf(this.settings.circuitBreaker()),
            this.breaker,
            this.events,
            this.nanoTime);
  }

  /** All that are on, by operation. */
  public List<WasmQuarantine> status() {
    return this.byExport.values().stream()
        .map(Quarantine::status)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(WasmQuarantine::operation))
        .toList();
  }

  /** Ends all of them, because somebody says so. */
  public void release() {
    this.byExport.values().forEach(Quarantine::release);
  }

  /** Ends those that are about the module as it was, for it is another one now. */
  public void renew() {
    this.byExport.values().forEach(Quarantine::renew);
  }
}
