package io.github.wasmspring.autoconfigure.code;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Lazy;

/** Configuration properties for the optimiser of code. */
@Lazy
@ConfigurationProperties("wasm.services.code.optimise")
public class WasmCodeOptimiseProperties {

  /**
   * Whether there is an optimiser of code, where the jar of the code services is on the class path.
   */
  private boolean enabled = true;

  public boolean isEnabled() {
    return this.enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }
}
