package io.github.wasmspring.benchmarks.modules;

import io.github.wasmspring.benchmarks.PageSection;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts what was measured into one table, a row for each kernel. Arguments are the folder of the
 * results, {@code jmh-17.json} and {@code jmh-25.json} as JMH writes them and {@code peers.jsonl}
 * with an object a line, and the page whose table is replaced.
 */
public final class ModulesTable {

  private static final String SECTION = "benchmarks/run modules";

  private static final Map<String, String> COLUMNS =
      ordered(
          "WASM-17", "module",
          "WASM-25", "module, JDK 25",
          "JAVA-17", "in Java",
          "nodeWasm", "module on Node",
          "nodeJs", "JavaScript on Node",
          "native", "native");

  private final JsonMapper json = JsonMapper.shared();
  private final Map<String, Map<String, Double>> kernels = new TreeMap<>();

  private ModulesTable() {}

  public static void main(String[] arguments) throws IOException {
    Path results = Path.of(arguments[0]);
    ModulesTable table = new ModulesTable();
    table.addJmh(results.resolve("jmh-17.json"), "17");
    table.addJmh(results.resolve("jmh-25.json"), "25");
    table.addPeers(results.resolve("peers.jsonl"));
    table.replaceIn(Path.of(arguments[1]), System.err);
  }

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private void addJmh(Path file, String jdk) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    for (JsonNode result : this.json.readTree(Files.readString(file))) {
      String[] name = result.get("benchmark").stringValue().split("\\.");
      String module = name[name.length - 2].replace("Benchmark", "").toLowerCase(Locale.ROOT);
      JsonNode mode = result.path("params").path("mode");
      if (mode.isString()) {
        add(
            module + "." + name[name.length - 1],
            mode.stringValue() + "-" + jdk,
            result.get("primaryMetric").get("score").doubleValue());
      }
    }
  }

  private void addPeers(Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      JsonNode result = this.json.readTree(line);
      add(
          result.get("kernel").stringValue(),
          result.get("peer").stringValue(),
          result.get("micros").doubleValue());
    }
  }

  private void add(String kernel, String peer, double micros) {
    this.kernels.computeIfAbsent(kernel, unused -> new HashMap<>()).put(peer, micros);
  }

  private void replaceIn(Path page, PrintStream log) throws IOException {
    PageSection.replace(page, SECTION, table());
    log.println(this.kernels.size() + " kernels in " + page);
  }

  private String table() {
    List<String> lines = new ArrayList<>();
    lines.add("| |" + COLUMNS.values().stream().collect(Collectors.joining(" | ", " ", " |")));
    lines.add("|---|" + "--:|".repeat(COLUMNS.size()));
    this.kernels.forEach(
        (kernel, micros) ->
            lines.add(
                "| `"
                    + kernel
                    + "` |"
                    + COLUMNS.keySet().stream()
                        .map(peer -> rounded(micros.get(peer)))
                        .collect(Collectors.joining(" | ", " ", " |"))));
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  /** Three digits are more than a noisy machine allows. */
  private static String rounded(@Nullable Double micros) {
    if (micros == null) {
      return "";
    }
    double unit = Math.pow(10, Math.floor(Math.log10(micros)) - 2);
    double value = Math.round(micros / unit) * unit;
    return value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }
}
