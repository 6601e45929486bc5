package io.github.wasmspring.internal.rollout;

import io.github.wasmspring.module.WasmRolloutSettings;
import io.github.wasmspring.rollout.WasmRollout.Figures;
import io.github.wasmspring.rollout.WasmRolloutState;
import java.time.Duration;
import java.util.Locale;

/**
 * Says what is to become of code that is on trial. It is never judged by how it does alone, but
 * beside the code that it is to replace: what fails there as well is not its fault.
 */
public final class RolloutJudge {

  /** A few failures of a hundred calls may be chance, also where the old code has none. */
  private static final double SLACK = 0.01;

  /** Where calls are quick, whether the JVM has compiled them says more than the code does. */
  private static final Duration LATENCY_SLACK = Duration.ofMillis(1);

  private final WasmRolloutSettings settings;

  public RolloutJudge(WasmRolloutSettings settings) {
    this.settings = settings;
  }

  /**
   * What is to become of it.
   *
   * @param state {@code CANARY} if that can't be told yet
   * @param reason in one sentence
   */
  public record Verdict(WasmRolloutState state, String reason) {}

  /** Whether the second half of the trial has begun. */
  public boolean isLate(Duration elapsed) {
    return elapsed.compareTo(this.settings.duration().dividedBy(2)) >= 0;
  }

  public Verdict judge(SideFigures current, SideFigures candidate, Duration elapsed) {
    Figures old = current.snapshot();
    Figures next = candidate.snapshot();
    double allowed = this.settings.errorFactor() * rate(old) + SLACK;
    // With so many failures it would be too many of them even if nothing else failed until then.
    if (next.failures() > allowed * Math.max(next.calls(), this.settings.minCalls())) {
      return new Verdict(
          WasmRolloutState.ROLLED_BACK,
          "%s failed; %s".formatted(share(next), ofOld(share(old) + " did")));
    }
    if (isSlow(current, candidate)) {
      return new Verdict(
          WasmRolloutState.ROLLED_BACK,
          "half of its calls take longer than %s; %s"
              .formatted(
                  millis(candidate.lateMedian()),
                  ofOld("half take longer than " + millis(current.lateMedian()))));
    }
    if (elapsed.compareTo(this.settings.duration()) < 0
        || next.calls() < this.settings.minCalls()
        || isLatencyOpen(current, candidate)) {
      return new Verdict(WasmRolloutState.CANARY, waitingFor(next, elapsed));
    }
    return new Verdict(
        WasmRolloutState.PROMOTED,
        "%s failed, median %s; %s"
            .formatted(
                share(next),
                millis(next.median()),
                ofOld(share(old) + ", median " + millis(old.median()))));
  }

  private boolean isSlow(SideFigures current, SideFigures candidate) {
    if (this.settings.latencyFactor() == 0
        || current.lateCalls() < lateCalls()
        || candidate.lateCalls() < lateCalls()) {
      return false;
    }
    double old = current.lateMedian().toNanos();
    double next = candidate.lateMedian().toNanos();
    return next > this.settings.latencyFactor() * old && next - old > LATENCY_SLACK.toNanos();
  }

  /** Whether the new code has not had enough calls since it was cold. */
  private boolean isLatencyOpen(SideFigures current, SideFigures candidate) {
    return this.settings.latencyFactor() != 0
        && current.lateCalls() >= lateCalls()
        && candidate.lateCalls() < lateCalls();
  }

  private long lateCalls() {
    return (this.settings.minCalls() + 1) / 2;
  }

  private String waitingFor(Figures next, Duration elapsed) {
    Duration left = this.settings.duration().minus(elapsed);
    if (!left.isNegative() && !left.isZero()) {
      return "it is on trial for another " + millis(left);
    }
    return "it has had %d calls, and is judged by %d at least"
        .formatted(next.calls(), this.settings.minCalls());
  }

  private static double rate(Figures figures) {
    return figures.calls() == 0 ? 0 : (double) figures.failures() / figures.calls();
  }

  private static String share(Figures figures) {
    return figures.calls() == 0
        ? "none of no calls"
        : String.format(
            Locale.ROOT,
            "%d of %d calls (%.1f %%)",
            figures.failures(),
            figures.calls(),
            100 * rate(figures));
  }

  private static String ofOld(String what) {
    return "with the code before, " + what;
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.2f ms", time.toNanos() / 1e6);
  }
}
