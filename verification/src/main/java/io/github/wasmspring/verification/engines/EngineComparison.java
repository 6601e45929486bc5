package io.github.wasmspring.verification.engines;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An engine and the others that say what is right. */
final class EngineComparison {

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String NOTHING = "nothing";

  private final ModuleRunner engine;
  private final List<ModuleRunner> oracles;
  private final @Nullable ModuleRunner arbiter;

  /**
   * @param arbiter is asked where the only oracle differs, which is wrong if both others agree;
   *     {@code null} for none
   */
  EngineComparison(
      ModuleRunner engine, List<ModuleRunner> oracles, @Nullable ModuleRunner arbiter) {
    this.engine = engine;
    this.oracles = oracles;
    this.arbiter = arbiter;
  }

  /**
   * The answers of the engine, and in what they differ from those of the others.
   *
   * @param overruled what the only oracle alone says
   */
  record Outcome(
      List<String> answers, List<EngineDifference> differences, List<EngineDifference> overruled) {

    /** Whether another run may differ for the same cause. */
    boolean isLike(Outcome other) {
      return this.differences.size() == other.differences.size()
          && IntStream.range(0, this.differences.size())
              .allMatch(i -> this.differences.get(i).isLike(other.differences.get(i)));
    }
  }

  Outcome compare(GuestRun run) {
    List<Supplier<List<String>>> asked = new ArrayList<>();
    this.oracles.forEach(oracle -> asked.add(oracle.start(run)));
    List<String> found = interruptible(this.engine.start(run));
    List<EngineDifference> differences = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      EngineDifference difference =
          difference(this.oracles.get(i).name(), interruptible(asked.get(i)), found);
      if (difference != null) {
        differences.add(difference);
      }
    }
    return isOverruled(differences, run, found)
        ? new Outcome(found, List.of(), differences)
        : new Outcome(found, differences, List.of());
  }

  private boolean isOverruled(
      List<EngineDifference> differences, GuestRun run, List<String> found) {
    return this.arbiter != null
        && differences.size() == 1
        && this.oracles.size() == 1
        && interruptible(this.arbiter.start(run)).equals(found);
  }

  /** What never ends is stopped, so that it differs. */
  private static List<String> interruptible(Supplier<List<String>> answers) {
    CpuWatch watch = new CpuWatch(LONGEST);
    try (watch) {
      return answers.get();
    }
  }

  private static @Nullable EngineDifference difference(
      String oracle, List<String> expected, List<String> found) {
    for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
      String right = i < expected.size() ? expected.get(i) : NOTHING;
      String ours = i < found.size() ? found.get(i) : NOTHING;
      if (!right.equals(ours)) {
        return new EngineDifference(oracle, i, right, ours);
      }
    }
    return null;
  }
}
