package io.github.wasmspring.dashboard.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Which modules fail of late. Told in words rather than figures, which would change each second and
 * be read aloud each time. Safe for use by many threads.
 */
final class RecentFailures {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  /** Fewer are an accident. */
  private static final long FEWEST = 3;

  /** Of all calls, in percent. */
  private static final long SMALLEST_SHARE = 5;

  private static final long MOST = 50;

  /**
   * What a module has done since the start.
   *
   * @param calls those that failed among them, or not
   */
  record Counted(String module, long calls, long failed) {}

  /**
   * @param module its id
   * @param most whether half of its calls failed, or more
   */
  record Failing(String module, boolean most) {}

  private record Reading(long nanos, long calls, long failed) {}

  private final Map<String, ArrayDeque<Reading>> readings = new HashMap<>();

  /**
   * Reads once more; what nobody has read before is not told of.
   *
   * @param nanos when, of {@link System#nanoTime}
   */
  synchronized List<Failing> read(List<Counted> modules, long nanos) {
    this.readings
        .keySet()
        .retainAll(modules.stream().map(Counted::module).collect(Collectors.toSet()));
    List<Failing> failing = new ArrayList<>();
    for (Counted module : modules) {
      ArrayDeque<Reading> known =
          this.readings.computeIfAbsent(module.module(), id -> new ArrayDeque<>());
      known.addLast(new Reading(nanos, module.calls(), module.failed()));
      while (nanos - known.getFirst().nanos() > MINUTE) {
        known.removeFirst();
      }
      long failed = module.failed() - known.getFirst().failed();
      long calls = Math.max(failed, module.calls() - known.getFirst().calls());
      if (failed >= FEWEST && failed * 100 >= SMALLEST_SHARE * calls) {
        failing.add(new Failing(module.module(), failed * 100 >= MOST * calls));
      }
    }
    return failing;
  }
}
