package io.github.wasmspring.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line of the results.
 *
 * @param jdk its feature version
 * @param name of the case
 * @param command that measures this row alone, from the root of the project
 */
record Row(int jdk, String name, String engine, Figures figures, String command) {

  static final String HEADER = "jdk,case,engine,ns,p10,p90,unit,command";

  private static final int COLUMNS = 8;

  Plan.Cell cell() {
    return new Plan.Cell(this.name, this.engine);
  }

  String csv() {
    return "%d,%s,%s,%s,%s,%s,%s,%s"
        .formatted(
            this.jdk,
            this.name,
            this.engine,
            shown(this.figures.value()),
            shown(this.figures.p10()),
            shown(this.figures.p90()),
            this.figures.unit(),
            this.command);
  }

  private static String shown(double value) {
    return String.format(Locale.ROOT, value < 1000 ? "%.2f" : "%.0f", value);
  }

  static void write(List<Row> rows, Path file) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    rows.forEach(row -> lines.add(row.csv()));
    Files.write(file, lines);
  }

  static List<Row> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new IOException("%s does not begin with %s".formatted(file, HEADER));
    }
    return lines.stream().skip(1).map(Row::parse).toList();
  }

  private static Row parse(String line) {
    String[] values = line.split(",", COLUMNS);
    return new Row(
        Integer.parseInt(values[0]),
        values[1],
        values[2],
        new Figures(
            Double.parseDouble(values[3]),
            Double.parseDouble(values[4]),
            Double.parseDouble(values[5]),
            values[6]),
        values[7]);
  }
}
