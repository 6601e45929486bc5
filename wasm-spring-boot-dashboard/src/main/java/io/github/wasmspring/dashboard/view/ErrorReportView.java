package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.observe.WasmErrorReport;
import java.util.List;

/** Failures, as {@link WasmErrorReport} has them. */
public record ErrorReportView(long sinceAt, long total, long left, List<Row> rows) {

  public record Row(
      String module,
      String operation,
      String version,
      String category,
      String severity,
      long count,
      long fallback,
      long firstAt,
      long lastAt,
      String trend,
      List<Long> lastHour,
      List<Pattern> patterns) {}

  public record Pattern(String text, long count, String lastMessage) {}

  public static ErrorReportView of(WasmErrorReport report) {
    return new ErrorReportView(
        report.since().toEpochMilli(),
        report.total(),
        report.left(),
        report.rows().stream().map(ErrorReportView::row).toList());
  }

  private static Row row(WasmErrorReport.Row row) {
    return new Row(
        row.module(),
        CutText.of(row.operation()),
        row.version(),
        row.category().name(),
        row.severity().name(),
        row.count(),
        row.fallback(),
        row.first().toEpochMilli(),
        row.last().toEpochMilli(),
        row.trend().name(),
        row.lastHour(),
        row.patterns().stream()
            .map(
                each ->
                    new Pattern(
                        CutText.of(each.text()), each.count(), CutText.of(each.lastMessage())))
            .toList());
  }
}
