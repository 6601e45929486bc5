package io.github.wasmspring.autoconfigure.observe.endpoint;

import io.github.wasmspring.observe.WasmFinding;
import io.github.wasmspring.observe.WasmPerformanceReport;
import io.github.wasmspring.observe.WasmPerformanceReporter;
import java.util.List;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows what could be better about the modules of the application. */
@Endpoint(id = "wasmperformance")
public class WasmPerformanceEndpoint {

  private final WasmPerformanceReporter reporter;

  public WasmPerformanceEndpoint(WasmPerformanceReporter reporter) {
    this.reporter = reporter;
  }

  /** For programs. */
  @ReadOperation
  public ReportDescriptor report() {
    WasmPerformanceReport report = this.reporter.report();
    return new ReportDescriptor(report.modules(), report.findings());
  }

  /** For people: a paragraph for each finding. */
  @ReadOperation(produces = "text/plain;charset=UTF-8")
  public String text() {
    return this.reporter.report().text();
  }

  /**
   * What could be better.
   *
   * @param modules how many were looked at
   * @param findings the most severe first; empty if there is nothing to do
   */
  public record ReportDescriptor(int modules, List<WasmFinding> findings)
      implements OperationResponseBody {}
}
