package io.github.wasmspring.benchmarks.compare;

import io.github.wasmspring.benchmarks.programs.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which engine is measured on which case, in the order in which that is done: engines of one case
 * one after the other, so that what else the machine does hits all of them.
 */
final class Plan {

  /** A case on an engine. */
  record Cell(String name, String engine) {

    /** The part of the name before the dot. */
    String group() {
      return this.name.substring(0, this.name.indexOf('.'));
    }

    /** The file of a module that is fetched, {@code null} if it needs none. */
    @Nullable String fetchedModule() {
      String rest = this.name.substring(group().length() + 1);
      return switch (group()) {
        case "program", "first-answer" -> Program.labelled(rest).module();
        case "first-call" -> rest.startsWith("dprint") ? rest.replace("-again", "") : null;
        default -> null;
      };
    }

    /** In how many processes it is measured. */
    int rounds(Effort effort) {
      return switch (group()) {
        case "first-call" -> effort.rounds();
        case "first-answer", "warm-up" -> (effort.rounds() + 2) / 3;
        default -> 1;
      };
    }

    boolean needsJdk() {
      return !this.engine.startsWith("node-") && !this.engine.equals("native");
    }
  }

  private static final List<String> BY_HAND = List.of("chicory-default", "chicory-tuned");
  private static final List<String> OWN = List.of("wasmspring", "wasmspring-chicory", "java");
  private static final List<String> ENGINES = List.of("wasmspring", "wasmspring-chicory");
  private static final List<String> PROGRAMS =
      List.of("chicory-default", "wasmspring", "wasmspring-chicory", "node-wasm");
  private static final List<String> GRAAL = List.of("graalwasm", "graalwasm-jit");

  /** Kernels that nobody has written in JavaScript, or whose answer cannot be the same. */
  private static final Set<String> NOT_IN_JAVASCRIPT =
      Set.of("xxh64-64k", "brotli-100k", "k-means-1000x3", "jpeg-320x240");

  /** Those with a library or plain C that does the same in the same process. */
  private static final Set<String> NATIVE =
      Set.of(
          "matmul-128",
          "fft-1024",
          "cosine-10000x384",
          "sha256-64k",
          "gzip-100k",
          "gunzip-100k",
          "brotli-100k",
          "jpeg-320x240");

  private Plan() {}

  static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (String kernel : Kernels.names()) {
      add(cells, "kernel." + kernel, BY_HAND, OWN, GRAAL, List.of("node-wasm"));
      if (!NOT_IN_JAVASCRIPT.contains(kernel)) {
        add(cells, "kernel." + kernel, List.of("node-js"));
      }
      if (NATIVE.contains(kernel)) {
        add(cells, "kernel." + kernel, List.of("native"));
      }
    }
    for (String program :
        List.of("quickjs-script", "sqlite-recursive", "sqlite-group-by", "dprint-1000-lines")) {
      add(cells, "program." + program, PROGRAMS);
    }
    for (String call : List.of("scalar", "string-1k", "bytes-1m")) {
      add(cells, "call." + call, BY_HAND, OWN, GRAAL, List.of("extism", "node-wasm"));
    }
    add(cells, "instantiate.calls", BY_HAND, ENGINES, GRAAL, List.of("extism", "node-wasm"));
    add(cells, "instantiate.json", BY_HAND, ENGINES, GRAAL, List.of("node-wasm"));
    add(cells, "first-call.calls", BY_HAND, OWN, GRAAL, List.of("extism", "node-wasm"));
    add(cells, "first-call.json", BY_HAND, OWN, GRAAL, List.of("node-wasm"));
    add(cells, "first-call.compression", BY_HAND, OWN, GRAAL, List.of("node-wasm"));
    for (String dprint : List.of("dprint-json", "dprint-typescript")) {
      add(
          cells,
          "first-call." + dprint,
          List.of("chicory-default", "wasmspring", "wasmspring-chicory"),
          GRAAL,
          List.of("node-wasm"));
      add(cells, "first-call." + dprint + "-again", List.of("wasmspring"));
    }
    add(cells, "first-answer.dprint-line", PROGRAMS);
    for (String kernel : List.of("gunzip-100k", "json-format-100k")) {
      add(cells, "warm-up." + kernel, List.of("chicory-default"), ENGINES, List.of("node-wasm"));
    }
    for (String callers : List.of("1", "2", "64", "1000")) {
      add(cells, "throughput." + callers, BY_HAND, OWN);
    }
    add(cells, "memory.calls", BY_HAND, ENGINES, GRAAL, List.of("extism"));
    add(cells, "memory.json", BY_HAND, ENGINES, GRAAL);
    return cells;
  }

  @SafeVarargs
  private static void add(List<Cell> cells, String name, List<String>... engines) {
    for (List<String> group : engines) {
      group.forEach(engine -> cells.add(new Cell(name, engine)));
    }
  }
}
