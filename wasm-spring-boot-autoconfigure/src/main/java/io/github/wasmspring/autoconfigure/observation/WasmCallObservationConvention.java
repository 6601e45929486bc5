package io.github.wasmspring.autoconfigure.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names what observations of calls say; a bean of this type replaces the default. */
public interface WasmCallObservationConvention
    extends ObservationConvention<WasmCallObservationContext> {

  @Override
  default boolean supportsContext(Observation.Context context) {
    return context instanceof WasmCallObservationContext;
  }
}
