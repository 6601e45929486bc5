package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.observe.WasmProfile;
import io.github.wasmspring.observe.WasmProfiler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far the profile is that somebody has started on the dashboard. */
public final class ProfileProgress {

  private final WasmProfiler profiler;
  private final ProgressLog progress;
  private @Nullable String running;
  private Duration planned = Duration.ZERO;

  ProfileProgress(WasmProfiler profiler, ProgressLog progress) {
    this.profiler = profiler;
    this.progress = progress;
  }

  /**
   * The profiler has begun.
   *
   * @param module whose calls are looked at, {@code null} for all
   * @param time for how long
   */
  public synchronized void started(@Nullable String module, Duration time) {
    end();
    this.planned = time;
    this.running =
        this.progress.begin(
            "profile",
            module == null ? "Profile of all modules" : "Profile of " + module,
            module == null ? "*" : module,
            "");
  }

  /** Says how far it is by now, and that it is over. */
  public synchronized void look() {
    String id = this.running;
    if (id == null) {
      return;
    }
    WasmProfile profile = this.profiler.profile();
    if (profile == null || !profile.running()) {
      end();
      return;
    }
    double share = (double) profile.duration().toMillis() / this.planned.toMillis();
    this.progress.advance(id, Math.min(1, share), "%,d samples".formatted(profile.samples()));
  }

  private void end() {
    String id = this.running;
    if (id != null) {
      this.running = null;
      WasmProfile profile = this.profiler.profile();
      this.progress.end(id, "%,d samples".formatted(profile == null ? 0 : profile.samples()), null);
    }
  }
}
