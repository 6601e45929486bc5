package io.github.wasmspring.autoconfigure.monitor.endpoint;

import io.github.wasmspring.autoconfigure.endpoint.WasmEndpointContributor;
import io.github.wasmspring.monitor.PerformanceMonitor;
import io.github.wasmspring.monitor.SeriesStatus;
import java.util.List;

/** Shows the series of the performance monitor. */
final class MonitorEndpointContributor implements WasmEndpointContributor {

  /** There may be thousands. */
  private static final int SHOWN = 200;

  private final PerformanceMonitor monitor;

  MonitorEndpointContributor(PerformanceMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public String name() {
    return "monitor";
  }

  @Override
  public MonitorDescriptor contribute() {
    List<SeriesStatus> all = this.monitor.status();
    return new MonitorDescriptor(
        this.monitor.settings().window().toMillis(),
        this.monitor.settings().baseline().toMillis(),
        all.stream().filter(each -> each.regression() != null).count(),
        all.size(),
        all.subList(0, Math.min(SHOWN, all.size())));
  }

  /**
   * The performance monitor.
   *
   * @param regressions how many series are worse than before
   * @param count how many series there are
   * @param series up to two hundred, those that are worse than before first
   */
  record MonitorDescriptor(
      long windowMillis,
      long baselineMillis,
      long regressions,
      int count,
      List<SeriesStatus> series) {}
}
