package io.github.wasmspring.autoconfigure.observation;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.autoconfigure.observation.WasmCallObservation.HighCardinality;
import io.github.wasmspring.autoconfigure.observation.WasmCallObservation.LowCardinality;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The names and keys of {@link WasmCallObservation}. */
public class DefaultWasmCallObservationConvention implements WasmCallObservationConvention {

  private static final String NAME = "wasm.call";
  private static final String SUCCESS = "SUCCESS";

  @Override
  public String getName() {
    return NAME;
  }

  /** {@code json format}. */
  @Override
  public String getContextualName(WasmCallObservationContext context) {
    return context.call().module() + " " + context.call().export();
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(WasmCallObservationContext context) {
    WasmException failure = context.failure();
    WasmException hidden = context.hidden();
    return KeyValues.of(
        LowCardinality.MODULE.withValue(context.call().module()),
        LowCardinality.OPERATION.withValue(context.call().export()),
        LowCardinality.ENGINE.withValue(orNone(context.engine())),
        LowCardinality.SOURCE.withValue(orNone(context.source())),
        LowCardinality.OUTCOME.withValue(failure == null ? SUCCESS : failure.category().name()),
        LowCardinality.HIDDEN.withValue(orNone(hidden == null ? null : hidden.category())));
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(WasmCallObservationContext context) {
    WasmException failure = context.failure() != null ? context.failure() : context.hidden();
    return KeyValues.of(
        HighCardinality.VERSION.withValue(context.call().version()),
        HighCardinality.FAILURE.withValue(orNone(failure == null ? null : failure.getMessage())));
  }

  private static String orNone(@Nullable Object value) {
    return Objects.toString(value, KeyValue.NONE_VALUE);
  }
}
