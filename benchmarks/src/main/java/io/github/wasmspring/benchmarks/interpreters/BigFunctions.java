package io.github.wasmspring.benchmarks.interpreters;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What splitting big functions gains in real interpreters: processor time of programs in QuickJS
 * and SQLite on Chicory as its documentation shows it, here without splitting, and here. {@code
 * benchmarks/run big-functions} gets the modules and starts it.
 */
public final class BigFunctions {

  private static final int WARM_UP_SECONDS = Integer.getInteger("warm-up", 8);
  private static final int ROUNDS = Integer.getInteger("rounds", 9);

  private static final String SCRIPT =
      "(() => { let o = {}; for (let i = 0; i < 20000; i++) { let k = 'k' + i % 97;"
          + " o[k] = ((o[k] | 0) * 31 + i) % 65521; }"
          + " let p = []; next: for (let i = 2; p.length < 800; i++) { for (const q of p) {"
          + " if (q * q > i) break; if (i % q == 0) continue next; } p.push(i); }"
          + " let f = n => n < 2 ? n : f(n - 1) + f(n - 2);"
          + " return Object.values(o).reduce((a, b) => a + b, 0) + p[799] + f(18) + '' })()";

  private static final String RECURSIVE =
      "WITH RECURSIVE c(x, y) AS (SELECT 1, 7 UNION ALL SELECT x + 1, (y * 31 + x) % 65521 FROM c"
          + " WHERE x < 60000) SELECT sum(x * y % 7), max(y) FROM c";

  private static final String GROUP_BY =
      "SELECT k % 100 AS g, count(*), sum(v), min(s), avg(v * 2 + k) FROM t GROUP BY g ORDER BY 3";

  private static final String FILL =
      "INSERT INTO t WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 20000)"
          + " SELECT x, x * 7919 % 10007, x * 31 % 997, 'text ' || x % 53 FROM c";

  private BigFunctions() {}

  /** Takes the files of QuickJS and SQLite, and {@code stock}, {@code unsplit} or {@code split}. */
  public static void main(String[] arguments) throws IOException {
    Function<byte[], Guest> engine =
        switch (arguments[2]) {
          case "stock" -> Guest::onChicory;
          case "unsplit" -> module -> Guest.here(module, false);
          case "split" -> module -> Guest.here(module, true);
          default -> throw new IllegalArgumentException(arguments[2]);
        };
    QuickJsGuest javascript =
        new QuickJsGuest(engine.apply(Files.readAllBytes(Path.of(arguments[0]))));
    measure(arguments[2], "quickjs.script", () -> javascript.evaluate(SCRIPT));
    SqliteGuest database = new SqliteGuest(engine.apply(Files.readAllBytes(Path.of(arguments[1]))));
    measure(arguments[2], "sqlite.recursive", () -> database.query(RECURSIVE));
    database.query("CREATE TABLE t (id INTEGER PRIMARY KEY, k INTEGER, v INTEGER, s TEXT)");
    database.query(FILL);
    measure(arguments[2], "sqlite.group-by", () -> database.query(GROUP_BY));
    System.exit(0);
  }

  private static void measure(String engine, String name, Supplier<String> program) {
    String answer = program.get();
    long end = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
    while (System.nanoTime() < end) {
      String unused = program.get();
    }
    double[] times = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      String again = program.get();
      times[i] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
      if (!again.equals(answer)) {
        throw new IllegalStateException("%s instead of %s".formatted(again, answer));
      }
    }
    Arrays.sort(times);
    System.out.printf(
        "%d,%s,%s,%.1f,%.1f,%.1f,%08x%n",
        Runtime.version().feature(),
        name,
        engine,
        times[ROUNDS / 2],
        times[ROUNDS / 10],
        times[ROUNDS - 1 - ROUNDS / 10],
        answer.hashCode());
  }
}
