package io.github.wasmspring.monitor;

import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.internal.Documentation;
import io.github.wasmspring.observe.WasmFinding;
import io.github.wasmspring.observe.WasmFindingSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells the performance report of series that are worse than before. */
public final class MonitorFindings implements WasmFindingSource {

  private static final double PERCENT = 100;

  private final PerformanceMonitor monitor;

  public MonitorFindings(PerformanceMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public List<WasmFinding> findings() {
    return this.monitor.status().stream()
        .flatMap(
            each ->
                each.regression() == null
                    ? Stream.empty()
                    : Stream.of(finding(each.name(), each.regression())))
        .toList();
  }

  private WasmFinding finding(String series, RegressionStatus regression) {
    CallSeries call = CallSeries.of(series);
    return new WasmFinding(
        "worse-than-before",
        WasmSeverity.WARNING,
        call == null ? null : call.module(),
        "%s: %s in the middle of the last %s, %s before that, which is %.0f %% worse, since %s"
            .formatted(
                call == null ? "series '" + series + "'" : "operation '" + call.operation() + "'",
                text(call, regression.now()),
                this.monitor.settings().window(),
                text(call, regression.before()),
                regression.effect() * PERCENT,
                regression.since()),
        "Chance alone makes such a difference once in %,.0f comparisons of steady figures."
            .formatted(1 / Math.max(1e-9, regression.chance())),
        "see what was changed at that time: versions, settings, load, neighbours; a profile (/actuator/wasmprofile) tells which functions take the time. If it is meant to stay: series.accept()",
        Documentation.page("monitor.md#regressions"));
  }

  private static String text(@Nullable CallSeries call, double figure) {
    return call == null ? FigureText.of(figure) : FigureText.nanos(figure);
  }
}
