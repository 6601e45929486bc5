package io.github.wasmspring.autoconfigure.observe.endpoint;

import io.github.wasmspring.observe.WasmErrorReport;
import io.github.wasmspring.observe.WasmErrorReporter;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Shows the failures of modules: which, of what, how often, since when. */
@Endpoint(id = "wasmerrors")
public class WasmErrorsEndpoint {

  private final WasmErrorReporter reporter;

  public WasmErrorsEndpoint(WasmErrorReporter reporter) {
    this.reporter = reporter;
  }

  /** Those of all modules, for programs. */
  @ReadOperation
  public ErrorsDescriptor errors() {
    return ErrorsDescriptor.of(this.reporter.report(null));
  }

  /** For people: a paragraph for each kind. */
  @ReadOperation(produces = "text/plain;charset=UTF-8")
  public String text() {
    return this.reporter.report(null).text();
  }

  /** Those of one module. */
  @ReadOperation
  public ErrorsDescriptor errorsOf(@Selector String module) {
    return ErrorsDescriptor.of(this.reporter.report(module));
  }

  /** Counts anew. */
  @DeleteOperation
  public void clear() {
    this.reporter.clear();
  }

  /**
   * Failures.
   *
   * @param since when counting began
   * @param total all failures
   * @param left those of them that are in no row
   * @param rows the most frequent first
   */
  public record ErrorsDescriptor(
      Instant since, long total, long left, List<WasmErrorReport.Row> rows)
      implements OperationResponseBody {

    static ErrorsDescriptor of(WasmErrorReport report) {
      return new ErrorsDescriptor(report.since(), report.total(), report.left(), report.rows());
    }
  }
}
