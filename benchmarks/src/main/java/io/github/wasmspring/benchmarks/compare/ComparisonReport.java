package io.github.wasmspring.benchmarks.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of the documentation: ratios first, then what they are made of. */
final class ComparisonReport {

  private static final List<String> ENGINES =
      List.of(
          "chicory-default",
          "chicory-tuned",
          "wasmspring",
          "wasmspring-chicory",
          "java",
          "graalwasm",
          "graalwasm-jit",
          "extism",
          "node-wasm",
          "node-js",
          "native");

  private static final double SMALL = 10;
  private static final double BIG = 100;

  private final List<Row> rows;
  private final Set<Integer> jdks;

  ComparisonReport(Collection<Row> rows) {
    this.rows = List.copyOf(rows);
    this.jdks = rows.stream().map(Row::jdk).collect(Collectors.toCollection(TreeSet::new));
  }

  String text() {
    StringBuilder text = new StringBuilder(ratios());
    for (int jdk : this.jdks) {
      text.append("\nJDK ").append(jdk).append(":\n\n").append(table(jdk));
    }
    return text.toString();
  }

  private String ratios() {
    List<String> lines = new ArrayList<>();
    lines.add(
        this.jdks.stream()
            .map(jdk -> "JDK " + jdk)
            .collect(Collectors.joining(" | ", "| | wanted | ", " |")));
    lines.add("|---|--:|" + "--:|".repeat(this.jdks.size()));
    for (Ratio ratio : Ratio.all()) {
      lines.add(
          this.jdks.stream()
              .map(jdk -> ratio.of(new Results(this.rows, jdk)))
              .collect(
                  Collectors.joining(
                      " | ", "| %s | %s | ".formatted(ratio.title(), ratio.wanted()), " |")));
    }
    return lines(lines);
  }

  private String table(int jdk) {
    List<Row> mine = this.rows.stream().filter(row -> row.jdk() == jdk).toList();
    List<String> engines =
        ENGINES.stream()
            .filter(engine -> mine.stream().anyMatch(row -> row.engine().equals(engine)))
            .toList();
    List<String> lines = new ArrayList<>();
    lines.add(
        engines.stream()
            .map(engine -> "`" + engine + "`")
            .collect(Collectors.joining(" | ", "| | unit | ", " |")));
    lines.add("|---|---|" + "--:|".repeat(engines.size()));
    Set<String> names =
        mine.stream().map(Row::name).collect(Collectors.toCollection(LinkedHashSet::new));
    Results results = new Results(this.rows, jdk);
    for (String name : names) {
      Scale scale = scale(mine.stream().filter(row -> row.name().equals(name)).toList());
      lines.add(
          engines.stream()
              .map(engine -> scale.shown(results.value(name, engine)))
              .collect(
                  Collectors.joining(" | ", "| `%s` | %s | ".formatted(name, scale.unit()), " |")));
    }
    return lines(lines);
  }

  private static String lines(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  /** One unit for a line, in which the smallest figure still has digits. */
  private record Scale(String unit, double divisor) {

    String shown(@Nullable Double value) {
      return value == null ? "" : rounded(value / this.divisor);
    }
  }

  private static Scale scale(List<Row> rows) {
    double least = rows.stream().mapToDouble(row -> row.figures().value()).min().orElse(1);
    String unit = rows.get(0).figures().unit();
    if (unit.equals(Figures.BYTES)) {
      return new Scale("KB", 1024);
    }
    String each = unit.equals(Figures.PER_CALL) ? " a call" : "";
    if (least >= 1e6) {
      return new Scale("ms" + each, 1e6);
    }
    return least >= 1e3 ? new Scale("µs" + each, 1e3) : new Scale("ns" + each, 1);
  }

  /** Three digits are more than most machines allow. */
  static String rounded(double value) {
    if (value >= BIG) {
      double unit = Math.pow(10, Math.floor(Math.log10(value)) - 2);
      return String.format(Locale.ROOT, "%,.0f", Math.round(value / unit) * unit);
    }
    return String.format(Locale.ROOT, value >= SMALL ? "%.1f" : "%.2f", value);
  }

  /** The figures of one JDK. */
  record Results(List<Row> rows, int jdk) {

    /** Code as it comes, whose figures have lines of their own. */
    static final String JPEG = "kernel.jpeg-320x240";

    /** The median, {@code null} if it was not measured. */
    @Nullable Double value(String name, String engine) {
      return this.rows.stream()
          .filter(row -> row.jdk() == this.jdk)
          .filter(row -> row.name().equals(name) && row.engine().equals(engine))
          .map(row -> row.figures().value())
          .findFirst()
          .orElse(null);
    }

    /** One engine's figures divided by another's, for the cases that both have. */
    List<Double> quotients(Collection<String> names, String dividend, String divisor) {
      List<Double> quotients = new ArrayList<>();
      for (String name : names) {
        Double one = value(name, dividend);
        Double two = value(name, divisor);
        if (one != null && two != null) {
          quotients.add(one / two);
        }
      }
      return quotients;
    }

    /** Those of the bundled modules. */
    List<String> kernels() {
      return all("kernel").stream().filter(name -> !name.equals(JPEG)).toList();
    }

    List<String> all(String kind) {
      return this.rows.stream()
          .filter(row -> row.jdk() == this.jdk)
          .map(Row::name)
          .filter(name -> name.startsWith(kind + "."))
          .distinct()
          .toList();
    }
  }

  static double geometricMean(List<Double> values) {
    return Math.exp(values.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
  }
}
