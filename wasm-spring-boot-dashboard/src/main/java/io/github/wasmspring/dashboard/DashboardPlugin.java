package io.github.wasmspring.dashboard;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plug-in that is installed.
 *
 * @param state for people and programs, e.g. {@code ACTIVE}
 * @param revision counts what was installed under this id
 * @param digest of its bytes, {@code sha256:…}
 * @param size in bytes
 * @param source where it came from, for people to see
 * @param signer the name of the key or identity that has signed it, {@code null} if nobody looked
 * @param failure why it does not run, {@code null} if it does
 * @param history what was installed under this id, newest first
 */
public record DashboardPlugin(
    String id,
    String version,
    String state,
    int revision,
    @Nullable String digest,
    long size,
    @Nullable String source,
    @Nullable String signer,
    @Nullable Instant installedAt,
    @Nullable String failure,
    List<Revision> history) {

  public DashboardPlugin {
    history = List.copyOf(history);
  }

  /**
   * What was installed once.
   *
   * @param by who did it, {@code null} if that is not known
   * @param outcome what became of it, e.g. {@code ROLLED_BACK}
   * @param note why, {@code null} if there is nothing to say
   */
  public record Revision(
      int revision,
      String version,
      @Nullable String digest,
      long size,
      @Nullable Instant installedAt,
      @Nullable String by,
      String outcome,
      @Nullable String note) {}
}
