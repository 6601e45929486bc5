package io.github.wasmspring.autoconfigure.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Configuration properties for what web applications answer when a module fails. */
@ConfigurationProperties("wasm.web")
public class WasmWebProperties {

  private final ProblemDetails problemDetails = new ProblemDetails();

  public ProblemDetails getProblemDetails() {
    return this.problemDetails;
  }

  /** Failures as RFC 9457 problem details. */
  public static class ProblemDetails {

    /** Whether failures of modules that nobody handles are answered as problem details. */
    private boolean enabled = true;

    /** Time after which a client that was turned away for want of room may ask again. */
    private Duration retryAfter = Duration.ofSeconds(1);

    public boolean isEnabled() {
      return this.enabled;
    }

    public void setEnabled(boolean enabled) {
      this.enabled = enabled;
    }

    public Duration getRetryAfter() {
      return this.retryAfter;
    }

    public void setRetryAfter(Duration retryAfter) {
      this.retryAfter = retryAfter;
    }
  }
}
