package io.github.wasmspring.autoconfigure.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation.Context;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of calls of modules, and the names of what they say. */
public enum WasmCallObservation implements ObservationDocumentation {

  /** One call of an operation, from its arguments to its answer: waiting, retries and fallback. */
  CALL {
    @Override
    public Class<? extends ObservationConvention<? extends Context>> getDefaultConvention() {
      return DefaultWasmCallObservationConvention.class;
    }

    @Override
    public KeyName[] getLowCardinalityKeyNames() {
      return LowCardinality.values();
    }

    @Override
    public KeyName[] getHighCardinalityKeyNames() {
      return HighCardinality.values();
    }
  };

  /** What has few different values, fit for meters. */
  public enum LowCardinality implements KeyName {

    /** The id of the module. */
    MODULE("wasm.module"),
    /** The operation, as the module calls it. */
    OPERATION("wasm.operation"),
    /** The engine that ran it, {@code java} for a fallback, {@code none} if nothing ran. */
    ENGINE("wasm.engine"),
    /** Who answered: {@code WASM}, {@code FALLBACK} or {@code JAVA}. */
    SOURCE("wasm.source"),
    /** {@code SUCCESS}, or the category of the failure that was thrown. */
    OUTCOME("wasm.outcome"),
    /** The category of the failure that a fallback answered in place of, else {@code none}. */
    HIDDEN("wasm.hidden");

    private final String key;

    LowCardinality(String key) {
      this.key = key;
    }

    @Override
    public String asString() {
      return this.key;
    }
  }

  /** What may have any number of values, fit for traces only. */
  public enum HighCardinality implements KeyName {

    /** The version of the module. */
    VERSION("wasm.module.version"),
    /** What was thrown or hidden says, else {@code none}. */
    FAILURE("wasm.failure");

    private final String key;

    HighCardinality(String key) {
      this.key = key;
    }

    @Override
    public String asString() {
      return this.key;
    }
  }
}
