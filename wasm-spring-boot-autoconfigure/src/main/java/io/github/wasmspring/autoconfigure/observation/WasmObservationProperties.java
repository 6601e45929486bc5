package io.github.wasmspring.autoconfigure.observation;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Configuration properties for observations of calls. */
@ConfigurationProperties("wasm.observations")
public class WasmObservationProperties {

  /** Whether calls are observed. By default where observations become traces. */
  private @Nullable Boolean enabled;

  public @Nullable Boolean getEnabled() {
    return this.enabled;
  }

  public void setEnabled(@Nullable Boolean enabled) {
    this.enabled = enabled;
  }
}
