package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.observe.WasmProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A profile as a tree.
 *
 * @param module the one whose stacks are shown, {@code null} for all
 * @param tree {@code null} if nothing was ever profiled
 */
public record ProfileView(
    boolean running,
    @Nullable String module,
    @Nullable Long startedAt,
    long durationNanos,
    int rate,
    long looks,
    long samples,
    long left,
    @Nullable Node tree) {

  /**
   * A function where it was called.
   *
   * @param self the samples in which it was what ran
   * @param total those in which it was running, or waited for what it had called
   * @param children most samples first
   */
  public record Node(
      String name, @Nullable String module, long self, long total, List<Node> children) {}

  /**
   * @param profile {@code null} if nothing was ever profiled
   */
  public static ProfileView of(@Nullable WasmProfile profile, @Nullable String module) {
    return profile == null
        ? new ProfileView(false, module, null, 0, 0, 0, 0, 0, null)
        : new ProfileView(
            profile.running(),
            module,
            profile.started().toEpochMilli(),
            profile.duration().toNanos(),
            profile.rate(),
            profile.looks(),
            profile.samples(),
            profile.left(),
            ProfileTree.of(profile.stacks(), module));
  }
}
