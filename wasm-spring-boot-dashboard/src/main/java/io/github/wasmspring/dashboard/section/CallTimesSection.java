package io.github.wasmspring.dashboard.section;

import static io.github.wasmspring.dashboard.DashboardTable.column;
import static io.github.wasmspring.dashboard.DashboardTable.count;
import static io.github.wasmspring.dashboard.DashboardTable.text;

import io.github.wasmspring.dashboard.DashboardSection;
import io.github.wasmspring.dashboard.DashboardSectionAction;
import io.github.wasmspring.dashboard.DashboardTable;
import io.github.wasmspring.dashboard.DashboardTable.Column;
import io.github.wasmspring.dashboard.DashboardTable.Unit;
import io.github.wasmspring.monitor.CallSeries;
import io.github.wasmspring.monitor.FigureStats;
import io.github.wasmspring.monitor.FigureTrend;
import io.github.wasmspring.monitor.MonitoredSeries;
import io.github.wasmspring.monitor.PerformanceMonitor;
import io.github.wasmspring.monitor.RegressionStatus;
import io.github.wasmspring.monitor.SeriesStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long the calls of each operation take, and whether that changes. */
public final class CallTimesSection implements DashboardSection {

  private static final int MOST = 100;
  private static final String ACCEPT = "accept";
  private static final double PERCENT = 100;

  private static final List<Column> COLUMNS =
      List.of(
          text("module", "Module"),
          text("operation", "Operation"),
          column("rate", "Calls", Unit.PER_SECOND),
          column("p50", "Median", Unit.NANOS),
          column("p95", "95 %", Unit.NANOS),
          column("p99", "99 %", Unit.NANOS),
          column("max", "Longest", Unit.NANOS),
          text("trend", "Trend"),
          column("baseline", "Usual median", Unit.NANOS),
          text("state", "Beside before"),
          count("outliers", "Outliers"));

  private final PerformanceMonitor monitor;

  public CallTimesSection(PerformanceMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public String id() {
    return "call-times";
  }

  @Override
  public String title() {
    return "Time of calls";
  }

  @Override
  public int order() {
    return 2;
  }

  @Override
  public List<DashboardSectionAction> actions() {
    return List.of(
        new DashboardSectionAction(
            ACCEPT,
            "Accept",
            "What calls take now is what is usual from now on, and no regression.",
            true));
  }

  @Override
  public DashboardTable table() {
    List<DashboardTable.Row> rows = new ArrayList<>();
    int left = 0;
    for (SeriesStatus each : this.monitor.status()) {
      CallSeries call = CallSeries.of(each.name());
      if (call == null) {
        continue;
      }
      if (rows.size() < MOST) {
        rows.add(row(call, each));
      } else {
        left++;
      }
    }
    return DashboardTable.of(COLUMNS, rows)
        .withNote(
            "The last %d s, beside what came before. Failed calls don't count.%s"
                .formatted(
                    this.monitor.settings().window().toSeconds(),
                    left == 0 ? "" : " %d more operations are not shown.".formatted(left)));
  }

  private static DashboardTable.Row row(CallSeries call, SeriesStatus status) {
    FigureStats window = status.window();
    boolean some = window.count() > 0;
    DashboardTable.Row row =
        DashboardTable.row(
            status.name(),
            call.module(),
            call.operation(),
            status.rates().oneMinute(),
            some ? window.p50() : null,
            some ? window.p95() : null,
            some ? window.p99() : null,
            some ? window.max() : null,
            trend(status.trend()),
            status.baseline(),
            state(status),
            status.outliers().count());
    return status.regression() == null ? row : row.withActions(ACCEPT);
  }

  private static @Nullable String trend(@Nullable FigureTrend trend) {
    return trend == null
        ? null
        : switch (trend.direction()) {
          case RISING -> "rising";
          case FALLING -> "falling";
          case STEADY -> "steady";
        };
  }

  private static @Nullable String state(SeriesStatus status) {
    RegressionStatus regression = status.regression();
    if (regression == null) {
      return status.baseline() == null ? null : "as usual";
    }
    return "%.0f %% slower since %s".formatted(regression.effect() * PERCENT, regression.since());
  }

  @Override
  public String act(String action, String key, @Nullable String principal) {
    boolean known = CallSeries.of(key) != null && this.monitor.status(key).isPresent();
    if (!known) {
      throw new IllegalArgumentException("There is no series '%s' any more".formatted(key));
    }
    MonitoredSeries series = this.monitor.series(key);
    series.accept();
    return "What %s takes now is what is usual".formatted(key);
  }
}
