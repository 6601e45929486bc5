package io.github.wasmspring.autoconfigure.observation;

import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmCallObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/** Makes observations of calls, with a scope on their thread. */
final class ObservedCalls implements WasmCallObserver {

  private static final WasmCallObservationConvention DEFAULT =
      new DefaultWasmCallObservationConvention();

  private final ObservationRegistry registry;
  private final @Nullable WasmCallObservationConvention convention;

  ObservedCalls(ObservationRegistry registry, @Nullable WasmCallObservationConvention convention) {
    this.registry = registry;
    this.convention = convention;
  }

  @Override
  public boolean isActive() {
    return !this.registry.isNoop();
  }

  @Override
  public Observed begin(WasmCallId call) {
    WasmCallObservationContext context = new WasmCallObservationContext(call);
    Observation observation =
        WasmCallObservation.CALL
            .observation(this.convention, DEFAULT, () -> context, this.registry)
            .start();
    Observation.Scope scope = observation.openScope();
    return (engine, source, failure, hidden) -> {
      scope.close();
      context.ended(engine, source, failure, hidden);
      if (failure != null) {
        observation.error(failure);
      }
      observation.stop();
    };
  }
}
