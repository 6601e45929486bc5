package io.github.wasmspring.benchmarks.studies;

import io.github.wasmspring.code.CodeExecutor;
import io.github.wasmspring.code.CodeExecutorSettings;
import io.github.wasmspring.code.CodeScript;
import io.github.wasmspring.code.QuickJsModule;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How often JavaScript is run per second: each run from the prepared state, with an order of 50
 * items as argument; the best second of several. Beside it a library that is loaded with each run,
 * and Node, which gives each run a new context in its own process.
 */
public final class ExecuteStudy {

  private static final int FUNCTIONS = 1_000;
  private static final int ROUNDS = 30;
  private static final int TURNS = 200;
  private static final String LIBRARY =
      IntStream.range(0, FUNCTIONS)
          .mapToObj(
              i ->
                  "function rule%d(order) { return order.items.filter(item => item.quantity > %d).map(item => item.price * %d / 100); }"
                      .formatted(i, i % 9, i))
          .collect(Collectors.joining("\n"));

  private record Row(String name, String source, String library, boolean isPrepared) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("`6 * 7`", "6 * 7", "", true),
          new Row(
              "total of 50 items",
              "order.items.reduce((sum, item) => sum + item.price * item.quantity, 0)",
              "",
              true),
          new Row(
              "loop of 10,000 steps",
              "(() => { let s = 0; for (let i = 0; i < 10000; i++) s = (s * 31 + i) | 0; return s })()",
              "",
              true),
          new Row(
              "rule of a library, loaded once (%d KB)".formatted(LIBRARY.length() >> 10),
              "rule7(order).length",
              LIBRARY,
              true),
          new Row("the same, loaded with each run", "rule7(order).length", LIBRARY, false));

  private final int seconds;
  private final Map<String, Object> order;

  private ExecuteStudy(int seconds) {
    this.seconds = seconds;
    List<Map<String, Object>> items = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      items.add(Map.of("name", "item " + i, "price", i * 1.25, "quantity", i % 7));
    }
    this.order = Map.of("customer", "Zoë", "items", items);
  }

  public static void main(String[] arguments) throws Exception {
    new ExecuteStudy(Integer.parseInt(arguments[0])).run(arguments[1]);
  }

  private void run(String node) throws Exception {
    Map<String, String> libraries = new LinkedHashMap<>();
    libraries.put("rules.js", LIBRARY);
    System.out.println("| script | runs/s, 1 thread | 2 threads | Node, 1 thread |");
    System.out.println("|---|--:|--:|--:|");
    for (Row row : ROWS) {
      boolean loaded = row.isPrepared() && !row.library().isEmpty();
      try (WasmRuntime runtime =
          WasmRuntime.builder()
              .module(QuickJsModule.descriptor("bench", loaded ? libraries : Map.of()))
              .build()) {
        CodeExecutor executor =
            CodeExecutor.of(
                runtime.manager(),
                CodeExecutorSettings.DEFAULTS
                    .withModule("bench")
                    .withTimeout(Duration.ofSeconds(30)));
        String source = loaded ? row.source() : row.library() + "\n" + row.source();
        long one = rate(executor, source, 1);
        long two = rate(executor, source, 2);
        System.out.printf("| %s | %,d | %,d | %s |%n", row.name(), one, two, ofNode(node, row));
      }
    }
    System.out.println();
    System.out.println("| from one borrower to the next, without a call | us |");
    System.out.println("|---|--:|");
    System.out.printf("| as it is | %.1f |%n", turn(WasmResetPolicy.NONE));
    System.out.printf("| put back to the prepared state | %.1f |%n", turn(WasmResetPolicy.MEMORY));
    System.out.printf(
        "| a new instance that begins with it | %.1f |%n", turn(WasmResetPolicy.FRESH));
  }

  /** The least microseconds, on the average of 200 turns, from one borrower to the next. */
  private static double turn(WasmResetPolicy policy) {
    try (WasmRuntime runtime =
        WasmRuntime.builder()
            .module(
                QuickJsModule.descriptor("bench", Map.of()).toBuilder()
                    .settings(
                        settings ->
                            settings
                                .limits(limits -> limits.stack(0))
                                .pool(pool -> pool.reset(policy)))
                    .build())
            .build()) {
      long best = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        for (int i = 0; i < TURNS; i++) {
          runtime.manager().open("bench").close();
        }
        best = Math.min(best, System.nanoTime() - start);
      }
      return best / (1_000.0 * TURNS);
    }
  }

  private long rate(CodeExecutor executor, String source, int threads) throws Exception {
    repeat(executor, source, threads, this.seconds * 2L);
    long best = 0;
    for (int round = 0; round < this.seconds; round++) {
      best = Math.max(best, repeat(executor, source, threads, 1));
    }
    return best;
  }

  private long repeat(CodeExecutor executor, String source, int threads, long forSeconds)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    long until = System.nanoTime() + Duration.ofSeconds(forSeconds).toNanos();
    long start = System.nanoTime();
    List<Future<Long>> counts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      counts.add(
          pool.submit(
              () -> {
                CodeScript script = executor.javascript(source).argument("order", this.order);
                long runs = 0;
                while (System.nanoTime() - until < 0) {
                  if (script.run().json() == null) {
                    throw new IllegalStateException("There is no result");
                  }
                  runs++;
                }
                return runs;
              }));
    }
    long runs = 0;
    for (Future<Long> each : counts) {
      runs += each.get();
    }
    pool.shutdown();
    return runs * 1_000_000_000L / (System.nanoTime() - start);
  }

  private String ofNode(String script, Row row) {
    String question =
        CodeExecutorSettings.DEFAULTS
            .json()
            .write(
                Map.of(
                    "seconds",
                    this.seconds,
                    "library",
                    row.library(),
                    "source",
                    row.source(),
                    "argument",
                    CodeExecutorSettings.DEFAULTS.json().write(this.order)));
    try {
      Process process = new ProcessBuilder("node", script).start();
      try (BufferedWriter in = process.outputWriter();
          BufferedReader out = process.inputReader()) {
        in.write(question + "\n");
        in.close();
        String rate = out.readLine();
        return rate == null ? "failed" : "%,d".formatted(Long.parseLong(rate));
      }
    } catch (IOException none) {
      return "";
    }
  }
}
