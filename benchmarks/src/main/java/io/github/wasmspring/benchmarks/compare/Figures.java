package io.github.wasmspring.benchmarks.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What came of measuring.
 *
 * @param value the median, in the unit
 * @param p10 the 10th percentile
 * @param p90 the 90th percentile
 * @param unit {@code ns}, {@code ns/call} or {@code bytes}
 */
public record Figures(double value, double p10, double p90, String unit) {

  static final String NANOSECONDS = "ns";
  static final String PER_CALL = "ns/call";
  static final String BYTES = "bytes";

  /** Of at least one value. */
  public static Figures of(String unit, double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int tenth = sorted.length / 10;
    return new Figures(median(sorted), sorted[tenth], sorted[sorted.length - 1 - tenth], unit);
  }

  /** Of what several processes found. */
  public static Figures of(List<Figures> each) {
    return of(each.get(0).unit(), each.stream().mapToDouble(Figures::value).toArray());
  }

  /** Of at least one value. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** Of the last line that a process prints. */
  static Figures parse(String line) {
    String[] parts = line.split(" ", 5);
    return new Figures(
        Double.parseDouble(parts[0]),
        Double.parseDouble(parts[1]),
        Double.parseDouble(parts[2]),
        parts[3]);
  }

  /** What {@link #parse} reads. */
  String line() {
    return String.format(
        Locale.ROOT, "%.3f %.3f %.3f %s", this.value, this.p10, this.p90, this.unit);
  }
}
