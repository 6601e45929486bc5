package io.github.wasmspring.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the script has found on this machine, in a properties file: {@code jdk.17} and {@code
 * jdk.25} (homes), {@code classpath}, {@code peers.graalwasm}, {@code peers.graalwasm-17}, {@code
 * peers.extism} and {@code peers.classes} (class paths), {@code graal.modules} and {@code
 * graal.upgrade} (module paths), {@code node}, {@code compute} and {@code jpeg} (programs), {@code
 * modules} (a folder). What is missing is left out.
 */
final class Tools {

  private final Properties found = new Properties();

  Tools(Path file) throws IOException {
    try (var reader = Files.newBufferedReader(file)) {
      this.found.load(reader);
    }
  }

  /** Homes by version. */
  Map<Integer, String> jdks() {
    Map<Integer, String> jdks = new TreeMap<>();
    for (String name : this.found.stringPropertyNames()) {
      if (name.startsWith("jdk.") && get(name) != null) {
        jdks.put(Integer.valueOf(name.substring("jdk.".length())), value(name));
      }
    }
    return jdks;
  }

  /** Why a cell can't be measured, {@code null} if it can. */
  @Nullable String missing(int jdk, Plan.Cell cell) {
    String module = cell.fetchedModule();
    if (module != null && !Files.exists(Path.of(value("modules"), module + ".wasm"))) {
      return "the module from npm not found";
    }
    return switch (cell.engine()) {
      case "graalwasm" -> absent(graalWasm(jdk), "jars of GraalWasm");
      case "graalwasm-jit" ->
          jdk < 25
              ? "the Graal compiler needs JDK 25"
              : absent("graal.upgrade", "jars of the Graal compiler");
      case "extism" -> absent("peers.extism", "jars of Extism");
      case "node-wasm", "node-js" -> absent("node", "node");
      case "native" -> {
        Native.Program program = Native.program(cell.name());
        yield program == null
            ? absent("node", "node")
            : absent(program.tool(), "gcc or the library that it needs");
      }
      default -> null;
    };
  }

  private @Nullable String absent(String key, String what) {
    return get(key) == null ? what + " not found" : null;
  }

  /** What measures a cell once. */
  List<String> command(int jdk, Plan.Cell cell, Effort effort, @Nullable Path store) {
    return switch (cell.engine()) {
      case "node-wasm", "node-js" -> node(cell, effort);
      case "native" -> {
        Native.Program program = Native.program(cell.name());
        yield program == null
            ? node(cell, effort)
            : List.of(
                value(program.tool()),
                program.kernel(),
                String.valueOf(effort.batchNanos() / 1_000_000));
      }
      default -> java(jdk, cell, effort, store);
    };
  }

  /** There are different versions for old and new JDKs. */
  private static String graalWasm(int jdk) {
    return jdk < 21 ? "peers.graalwasm-17" : "peers.graalwasm";
  }

  private List<String> node(Plan.Cell cell, Effort effort) {
    return List.of(
        value("node"),
        value("script"),
        cell.name(),
        cell.engine(),
        effort.label(),
        value("modules"));
  }

  private List<String> java(int jdk, Plan.Cell cell, Effort effort, @Nullable Path store) {
    List<String> command = new ArrayList<>(List.of(value("jdk." + jdk) + "/bin/java"));
    String path = value("classpath");
    switch (cell.engine()) {
      case "graalwasm" -> {
        path += ":" + value(graalWasm(jdk));
        if (jdk >= 25) {
          command.add("--enable-native-access=ALL-UNNAMED");
          command.add("--sun-misc-unsafe-memory-access=allow");
        }
      }
      case "graalwasm-jit" -> {
        command.addAll(
            List.of(
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+EnableJVMCI",
                "--enable-native-access=ALL-UNNAMED,org.graalvm.truffle",
                "--sun-misc-unsafe-memory-access=allow",
                "--upgrade-module-path",
                value("graal.upgrade"),
                "--module-path",
                value("graal.modules"),
                "--add-modules",
                "org.graalvm.polyglot,org.graalvm.wasm,org.graalvm.truffle.runtime"));
        path += ":" + value("peers.classes");
      }
      case "extism" -> path += ":" + value("peers.extism");
      default -> {}
    }
    command.addAll(List.of("-cp", path, "-Dcompare.modules=" + value("modules")));
    if (store != null) {
      command.add("-Dcompare.store=" + store);
    }
    command.addAll(
        List.of(
            io.github.wasmspring.benchmarks.compare.Cell.class.getName(),
            cell.name(),
            cell.engine(),
            effort.label()));
    return command;
  }

  private @Nullable String get(String key) {
    String value = this.found.getProperty(key, "");
    return value.isBlank() ? null : value;
  }

  private String value(String key) {
    String value = get(key);
    if (value == null) {
      throw new IllegalStateException("The script has not said what " + key + " is");
    }
    return value;
  }
}
