package io.github.wasmspring.benchmarks.compare;

import io.github.wasmspring.benchmarks.PageSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures every engine on every case, each cell in a process of its own, and writes the results;
 * {@code benchmarks/run compare} starts it. Arguments: the file of {@link Tools}, the folder of the
 * results, the page with the tables, and the options of the script.
 */
public final class Comparison {

  private static final String SECTION = "benchmarks/run compare";

  private final Tools tools;
  private final Options options;
  private final Map<String, String> references = new HashMap<>();

  /** What runs on no JDK is measured once, for all. */
  private final Map<Plan.Cell, List<Figures>> withoutJdk = new HashMap<>();

  private final Map<String, Path> stores = new HashMap<>();
  private final long begin = System.nanoTime();

  private Comparison(Tools tools, Options options) {
    this.tools = tools;
    this.options = options;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path results = Path.of(arguments[1]);
    Options options = options(List.of(arguments).subList(3, arguments.length));
    Comparison comparison = new Comparison(new Tools(Path.of(arguments[0])), options);
    Map<Integer, List<Row>> rows = comparison.measure();
    if (options.isWhole() || options.keep()) {
      Files.createDirectories(results);
      for (Map.Entry<Integer, List<Row>> each : rows.entrySet()) {
        Path file = results.resolve("compare-jdk%d.csv".formatted(each.getKey()));
        Row.write(options.isWhole() ? each.getValue() : among(each.getValue(), file), file);
      }
      PageSection.replace(
          Path.of(arguments[2]), SECTION, new ComparisonReport(read(results)).text());
    } else {
      System.out.println(Row.HEADER);
      rows.values().forEach(all -> all.forEach(row -> System.out.println(row.csv())));
    }
    boolean none = rows.values().stream().allMatch(List::isEmpty);
    System.exit(none ? 1 : 0);
  }

  private static Options options(List<String> arguments) {
    try {
      return Options.parse(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println("compare: " + wrong.getMessage());
      System.exit(2);
      throw wrong;
    }
  }

  /** In the place of those of an earlier run. */
  private static List<Row> among(List<Row> rows, Path file) throws IOException {
    Map<Plan.Cell, Row> all = new HashMap<>();
    if (Files.exists(file)) {
      Row.read(file).forEach(row -> all.put(row.cell(), row));
    }
    rows.forEach(row -> all.put(row.cell(), row));
    return Plan.cells().stream().map(all::get).filter(Objects::nonNull).toList();
  }

  /** What is there of this run and, for a JDK that is missing now, of an earlier one. */
  private static List<Row> read(Path results) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(results)) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().matches("compare-jdk\\d+\\.csv")) {
          rows.addAll(Row.read(file));
        }
      }
    }
    return rows;
  }

  private Map<Integer, List<Row>> measure() throws IOException, InterruptedException {
    Map<Integer, List<Row>> rows = new TreeMap<>();
    try {
      for (int jdk : this.tools.jdks().keySet()) {
        if (this.options.wantsJdk(jdk)) {
          rows.put(jdk, measure(jdk));
        }
      }
    } finally {
      for (Path store : this.stores.values()) {
        delete(store);
      }
    }
    return rows;
  }

  private List<Row> measure(int jdk) throws IOException, InterruptedException {
    Map<String, List<Plan.Cell>> cases =
        Plan.cells().stream()
            .filter(this.options::wants)
            .filter(cell -> isPossible(jdk, cell))
            .collect(
                Collectors.groupingBy(Plan.Cell::name, LinkedHashMap::new, Collectors.toList()));
    List<Row> rows = new ArrayList<>();
    for (List<Plan.Cell> cells : cases.values()) {
      rows.addAll(measure(jdk, cells));
    }
    return rows;
  }

  private boolean isPossible(int jdk, Plan.Cell cell) {
    String missing = this.tools.missing(jdk, cell);
    if (missing != null) {
      say("%s on %s left out: %s".formatted(cell.name(), cell.engine(), missing));
    }
    return missing == null;
  }

  /** Engines take turns where each is measured in several processes. */
  private List<Row> measure(int jdk, List<Plan.Cell> cells) throws InterruptedException {
    int rounds = cells.get(0).rounds(this.options.effort());
    Map<Plan.Cell, List<Figures>> figures = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Plan.Cell cell : cells) {
        if (this.withoutJdk.containsKey(cell)) {
          continue;
        }
        try {
          figures.computeIfAbsent(cell, key -> new ArrayList<>()).add(measure(jdk, cell));
        } catch (IOException failure) {
          say("%s on %s left out: %s".formatted(cell.name(), cell.engine(), failure.getMessage()));
        }
      }
    }
    for (Plan.Cell cell : cells) {
      if (!cell.needsJdk()) {
        List<Figures> known = this.withoutJdk.computeIfAbsent(cell, figures::get);
        if (known != null) {
          figures.put(cell, known);
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    figures.forEach(
        (cell, each) -> {
          if (!each.isEmpty()) {
            Figures all = each.size() == 1 ? each.get(0) : Figures.of(each);
            Row row =
                new Row(jdk, cell.name(), cell.engine(), all, this.options.command(jdk, cell));
            say(row.csv());
            rows.add(row);
          }
        });
    return rows;
  }

  private Figures measure(int jdk, Plan.Cell cell) throws IOException, InterruptedException {
    String line =
        Launcher.lastLine(this.tools.command(jdk, cell, this.options.effort(), store(jdk, cell)));
    if (line.startsWith("{")) {
      line = Native.line(line);
    }
    check(cell, line);
    return Figures.parse(line);
  }

  /** Peers in other languages say what they answered; those in Java have checked it themselves. */
  private void check(Plan.Cell cell, String line) throws IOException {
    String[] parts = line.split(" ", 5);
    if (parts.length < 5) {
      return;
    }
    String name = cell.name().substring("kernel.".length());
    String expected = this.references.computeIfAbsent(name, key -> Kernels.named(key).reference());
    if (!Answer.same(expected, parts[4])) {
      throw new IOException("the answer is %s instead of %s".formatted(parts[4], expected));
    }
  }

  /** For a second start: a folder that a first one has filled. */
  private @Nullable Path store(int jdk, Plan.Cell cell) throws IOException, InterruptedException {
    if (!cell.name().endsWith("-again")) {
      return null;
    }
    String key = jdk + cell.name();
    Path store = this.stores.get(key);
    if (store == null) {
      store = Files.createTempDirectory("compare-store");
      this.stores.put(key, store);
      Launcher.lastLine(this.tools.command(jdk, cell, this.options.effort(), store));
    }
    return store;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void say(String text) {
    System.err.printf("%4d s  %s%n", (System.nanoTime() - this.begin) / 1_000_000_000, text);
  }
}
