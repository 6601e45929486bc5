package io.github.wasmspring.services;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.monitor.MonitorFindings;
import io.github.wasmspring.monitor.MonitoredCalls;
import io.github.wasmspring.monitor.PerformanceMonitor;
import io.github.wasmspring.observe.WasmErrorReporter;
import io.github.wasmspring.observe.WasmPerformanceReporter;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.List;

/**
 * What all services stand on.
 *
 * @param enabled whether modules run
 * @param end what is to be done when nobody needs it any more
 */
record ServicePlatform(
    WasmModuleManager manager,
    boolean enabled,
    PerformanceMonitor monitor,
    WasmPerformanceReporter performance,
    WasmErrorReporter errors,
    Runnable end) {

  /**
   * Over a runtime, whose calls and failures are watched until the end.
   *
   * @param own whether it ends with the services
   */
  static ServicePlatform of(WasmRuntime runtime, boolean own, PerformanceMonitor monitor) {
    MonitoredCalls calls = new MonitoredCalls(monitor);
    WasmErrorReporter errors = new WasmErrorReporter();
    runtime.events().addCallListener(calls);
    runtime.events().addListener(calls);
    runtime.events().addListener(errors);
    return new ServicePlatform(
        runtime.manager(),
        runtime.isEnabled(),
        monitor,
        runtime.performanceReporter().with(List.of(new MonitorFindings(monitor))),
        errors,
        () -> {
          if (own) {
            runtime.close();
          } else {
            runtime.events().removeCallListener(calls);
            runtime.events().removeListener(calls);
            runtime.events().removeListener(errors);
          }
        });
  }
}
