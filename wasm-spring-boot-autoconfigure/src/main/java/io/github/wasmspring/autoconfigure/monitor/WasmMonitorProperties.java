package io.github.wasmspring.autoconfigure.monitor;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Configuration properties for the performance monitor. */
@ConfigurationProperties("wasm.monitor")
public class WasmMonitorProperties {

  /** Whether there is a performance monitor. */
  private boolean enabled;

  /** Whether it records how long calls of modules take. */
  private boolean calls = true;

  /** What is looked at as now; it moves on by a tenth at a time. */
  private Duration window = Duration.ofMinutes(5);

  /** How much of what came before the window it is compared with. */
  private Duration baseline = Duration.ofMinutes(30);

  /** Number of series that are kept; figures of further ones are kept together. */
  private int maxSeries = 200;

  /** By which part the middle figure has to be worse to be a regression. */
  private double minEffect = 0.2;

  /** How likely chance may be as the cause of a regression. */
  private double significance = 0.0001;

  /** Smallest figure that percentiles tell from zero. */
  private double resolution = 0.001;

  public boolean isEnabled() {
    return this.enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public boolean isCalls() {
    return this.calls;
  }

  public void setCalls(boolean calls) {
    this.calls = calls;
  }

  public Duration getWindow() {
    return this.window;
  }

  public void setWindow(Duration window) {
    this.window = window;
  }

  public Duration getBaseline() {
    return this.baseline;
  }

  public void setBaseline(Duration baseline) {
    this.baseline = baseline;
  }

  public int getMaxSeries() {
    return this.maxSeries;
  }

  public void setMaxSeries(int maxSeries) {
    this.maxSeries = maxSeries;
  }

  public double getMinEffect() {
    return this.minEffect;
  }

  public void setMinEffect(double minEffect) {
    this.minEffect = minEffect;
  }

  public double getSignificance() {
    return this.significance;
  }

  public void setSignificance(double significance) {
    this.significance = significance;
  }

  public double getResolution() {
    return this.resolution;
  }

  public void setResolution(double resolution) {
    this.resolution = resolution;
  }
}
