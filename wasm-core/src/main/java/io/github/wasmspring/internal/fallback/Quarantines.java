package io.github.wasmspring.internal.fallback;

import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.WasmQuarantine;
import io.github.wasmspring.module.WasmModuleSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Those of the operations of one module; an export has one, whatever it is called by. */
public final class Quarantines {

  private final WasmModuleSettings.Quarantine settings;
  private final WasmEventPublisher events;
  private final LongSupplier nanoTime;
  private final Map<String, Quarantine> byExport = new ConcurrentHashMap<>();

  public Quarantines(WasmModuleSettings.Quarantine settings, WasmEventPublisher events) {
    this(settings, events, System::nanoTime);
  }

  Quarantines(
      WasmModuleSettings.Quarantine settings, WasmEventPublisher events, LongSupplier nanoTime) {
    this.settings = settings;
    this.events = events;
    this.nanoTime = nanoTime;
  }

  public Quarantine of(WasmCallId call) {
    return this.byExport.computeIfAbsent(
        call.export(), export -> new Quarantine(call, this.settings, this.events, this.nanoTime));
  }

  /** All that are on, by operation. */
  public List<WasmQuarantine> status() {
    return this.byExport.values().stream()
        .map(Quarantine::status)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(WasmQuarantine::operation))
        .toList();
  }

  /** Ends all of them. */
  public void release() {
    this.byExport.values().forEach(Quarantine::release);
  }
}
