package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.engine.CompileListener;
import io.github.wasmspring.internal.flight.FlightLog;
import io.github.wasmspring.internal.flight.LoadFlight;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.time.Duration;

/** Publishes how long compiling a module has taken, for one compilation. */
final class CompileEvents implements CompileListener {

  private final WasmModuleDescriptor module;
  private final WasmEventPublisher events;
  private final boolean background;
  private LoadFlight flight = LoadFlight.NONE;

  /**
   * @param background whether nobody waits for it
   */
  CompileEvents(WasmModuleDescriptor module, WasmEventPublisher events, boolean background) {
    this.module = module;
    this.events = events;
    this.background = background;
  }

  @Override
  public void begun() {
    this.flight = FlightLog.get().compile(this.module.id(), this.module.version(), this.background);
  }

  @Override
  public void compiled(WasmCode code, Duration duration) {
    this.flight.ended(code.engine(), null, null);
    this.events.publish(
        new WasmEvent.ModuleCompiled(
            this.module.id(), this.module.version(), code.engine(), this.background, duration));
  }

  @Override
  public void failed(Throwable failure, Duration duration) {
    WasmErrorCategory category =
        failure instanceof WasmException known ? known.category() : WasmErrorCategory.ENGINE;
    this.flight.ended(null, null, category);
    this.events.publish(
        new WasmEvent.CompilationFailed(
            this.module.id(),
            this.module.version(),
            category,
            failure instanceof WasmException known ? known.detail() : failure.toString(),
            this.background,
            duration));
  }
}
