package io.github.wasmspring.autoconfigure.monitor;

import io.github.wasmspring.monitor.PerformanceMonitor;

/** Changes the performance monitor of the application before it is made, e.g. its clock. */
@FunctionalInterface
public interface PerformanceMonitorCustomizer {

  /**
   * @param monitor as the properties have it
   */
  void customize(PerformanceMonitor.Builder monitor);
}
