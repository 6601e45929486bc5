package io.github.wasmspring.observe;

import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.internal.Documentation;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the garbage collector means to deadlines. */
final class CollectorRules {

  private static final String SAFEPOINTS = "-XX:+UseCountedLoopSafepoints";

  /** Of the serial and of the parallel collector, by which the JVM has no safepoints in loops. */
  private static final Set<String> WITHOUT_SAFEPOINTS = Set.of("Copy", "PS Scavenge");

  private CollectorRules() {}

  /** Of this JVM. */
  static Stream<WasmFinding> loopsHoldUp() {
    return loopsHoldUp(
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList(),
        ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /**
   * @param collectors their names
   * @param options that the JVM was started with
   */
  static Stream<WasmFinding> loopsHoldUp(List<String> collectors, List<String> options) {
    if (collectors.stream().noneMatch(WITHOUT_SAFEPOINTS::contains)
        || options.contains(SAFEPOINTS)) {
      return Stream.empty();
    }
    return Stream.of(
        new WasmFinding(
            "loops-hold-up",
            WasmSeverity.WARNING,
            null,
            "the JVM uses the collector %s without %s".formatted(collectors.get(0), SAFEPOINTS),
            "A guest that counts in a long loop holds up each garbage collection, and with it all threads and deadlines, for seconds.",
            "start the JVM with %s -XX:LoopStripMiningIter=1000, or with -XX:+UseG1GC, where modules run that you do not trust"
                .formatted(SAFEPOINTS),
            Documentation.page("reference.md#limits")));
  }
}
