package io.github.wasmspring.observe;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmSeverity;
import java.time.Instant;
import java.util.List;

/**
 * The failures of modules, those that a fallback hid included.
 *
 * @param since when counting began
 * @param total all failures
 * @param left those of them that are in no row, for there were too many different ones
 * @param rows the most frequent first
 */
public record WasmErrorReport(Instant since, long total, long left, List<Row> rows) {

  /** How the last five minutes are, compared with the hour before. */
  public enum Trend {
    /** None in the last five minutes. */
    OVER,
    /** At most half as many a minute as before. */
    FALLING,
    STEADY,
    /** At least twice as many a minute as before. */
    RISING
  }

  /**
   * The failures of one kind of one operation.
   *
   * @param operation the operation as its callers name it
   * @param count how many there were
   * @param fallback how many of them Java answered in place of
   * @param lastHour how many there were in each of the last 60 minutes, the oldest first
   * @param patterns what their messages said, the most frequent first
   */
  public record Row(
      String module,
      String version,
      String operation,
      WasmErrorCategory category,
      WasmSeverity severity,
      long count,
      long fallback,
      Instant first,
      Instant last,
      Trend trend,
      List<Long> lastHour,
      List<Pattern> patterns) {}

  /**
   * Messages that differ in numbers and quoted texts only.
   *
   * @param text with {@code #} in place of numbers and {@code '…'} in place of quoted texts
   * @param count how many there were, as far as they were kept apart
   * @param lastMessage the last one as it was
   */
  public record Pattern(String text, long count, String lastMessage) {}

  /** For people: a paragraph for each row. */
  public String text() {
    if (this.rows.isEmpty()) {
      return "No failures since %s.%n".formatted(this.since);
    }
    StringBuilder text =
        new StringBuilder(
            "%s since %s.%n".formatted(Counts.of(this.total, "failure", "failures"), this.since));
    for (Row row : this.rows) {
      text.append(
          "%n%s %s %s %s: %s, %,d answered by Java%n  first:  %s%n  last:   %s (%s)%n"
              .formatted(
                  row.module(),
                  row.version(),
                  row.operation(),
                  row.category(),
                  Counts.of(row.count(), "time", "times"),
                  row.fallback(),
                  row.first(),
                  row.last(),
                  row.trend()));
      for (Pattern pattern : row.patterns()) {
        text.append("  %,6d  %s%n".formatted(pattern.count(), pattern.lastMessage()));
      }
    }
    return text.toString();
  }
}
