package io.github.wasmspring.autoconfigure.observation;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/** Matches where observations are asked for, or become traces and are not forbidden. */
final class OnObservationsWanted extends AnyNestedCondition {

  OnObservationsWanted() {
    super(ConfigurationPhase.REGISTER_BEAN);
  }

  @ConditionalOnBooleanProperty("wasm.observations.enabled")
  static final class Asked {}

  @ConditionalOnBean(type = "io.micrometer.tracing.handler.TracingObservationHandler")
  @ConditionalOnBooleanProperty(name = "wasm.observations.enabled", matchIfMissing = true)
  static final class Traced {}
}
