package io.github.wasmspring.benchmarks.studies;

import io.github.wasmspring.benchmarks.Jvm;
import io.github.wasmspring.benchmarks.programs.DprintGuest;
import io.github.wasmspring.benchmarks.programs.Guest;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a formatter plugin of dprint takes to its first answers, by engine mode: each request is
 * a session that configures the plugin and formats a text. Prints one JSON object; {@code
 * benchmarks/run tiers} starts it often enough.
 */
public final class TieredStart {

  private static final String MODULE = "formatter";
  private static final List<Integer> SHOWN = List.of(1, 10, 100, 1000);
  private static final long ROOM = 256L << 20;

  private final WasmRuntime runtime;
  private final String file;
  private final String text;
  private boolean loaded;
  private long longestBorrow;
  private int longestBorrowAt;
  private int borrows;

  private TieredStart(WasmRuntime runtime, String file, String text) {
    this.runtime = runtime;
    this.file = file;
    this.text = text;
  }

  /**
   * The plugin, the name of a file, its text, the engine, its mode, the seconds after which to
   * stop.
   */
  public static void main(String[] arguments) {
    WasmEngineMode mode = WasmEngineMode.valueOf(arguments[4]);
    try (WasmRuntime runtime = WasmRuntime.builder().engine(arguments[3]).build()) {
      runtime.register(
          WasmModuleDescriptor.builder(MODULE)
              .location(Path.of(arguments[0]).toUri().toString())
              .settings(
                  settings ->
                      settings
                          .engineMode(mode)
                          .limits(
                              limits ->
                                  limits
                                      .timeout(Duration.ofMinutes(5))
                                      .compileTimeout(Duration.ofMinutes(10))
                                      .memory(ROOM)))
              .build());
      new TieredStart(runtime, arguments[1], arguments[2])
          .measure(Long.parseLong(arguments[5]) * 1_000_000_000L);
    }
  }

  private void measure(long mostNanos) {
    StringBuilder line = new StringBuilder("{");
    List<Long> calls = new ArrayList<>();
    int lastRequest = SHOWN.get(SHOWN.size() - 1);
    int compiledFrom = 0;
    String expected = null;
    long cpu = Jvm.cpuNanos();
    long start = System.nanoTime();
    long now = start;
    for (int request = 1; request <= lastRequest && now - start < mostNanos; request++) {
      String answer = format();
      if (expected != null && !expected.equals(answer)) {
        throw new IllegalStateException("request " + request + " was answered with " + answer);
      }
      expected = answer;
      long end = System.nanoTime();
      calls.add(end - now);
      now = end;
      if (SHOWN.contains(request)) {
        line.append(
            "\"%1$dMillis\":%2$.0f,\"%1$dCpuMillis\":%3$d,"
                .formatted(request, (end - start) / 1e6, (Jvm.cpuNanos() - cpu) / 1_000_000));
      }
      if (compiledFrom == 0 && isCompiled()) {
        compiledFrom = request;
      }
    }
    long[] late =
        calls.subList(calls.size() * 4 / 5, calls.size()).stream()
            .mapToLong(nanos -> nanos)
            .sorted()
            .toArray();
    long longest = calls.stream().skip(1).mapToLong(nanos -> nanos).max().orElse(0);
    System.out.printf(
        "%s\"requests\":%d,\"compiledAfter\":%d,\"lateMillis\":%.2f,\"longestMillis\":%.1f,\"longestBorrowMillis\":%.1f,\"longestBorrowAt\":%d}%n",
        line,
        calls.size(),
        compiledFrom,
        late[late.length / 2] / 1e6,
        longest / 1e6,
        this.longestBorrow / 1e6,
        this.longestBorrowAt);
  }

  private boolean isCompiled() {
    WasmModuleStatus status = this.runtime.manager().status(MODULE).get(0);
    return !"chicory-interpreter".equals(status.engine());
  }

  private String format() {
    long asked = System.nanoTime();
    try (WasmSession plugin = this.runtime.manager().open(MODULE)) {
      if (this.loaded) {
        borrowed(System.nanoTime() - asked);
      }
      this.loaded = true;
      return new DprintGuest(new Guest.InSession(plugin)).format(this.file, this.text);
    }
  }

  private void borrowed(long nanos) {
    this.borrows++;
    if (nanos > this.longestBorrow) {
      this.longestBorrow = nanos;
      this.longestBorrowAt = this.borrows + 1;
    }
  }
}
