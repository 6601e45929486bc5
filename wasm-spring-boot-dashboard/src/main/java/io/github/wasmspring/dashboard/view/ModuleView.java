package io.github.wasmspring.dashboard.view;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A version of a module, as far as it seldom changes.
 *
 * @param isDefault whether it is for those who ask for no version
 * @param code how its code came to be what it is, {@code null} while it is not loaded
 * @param failure why it could not be loaded
 */
public record ModuleView(
    String id,
    String version,
    boolean isDefault,
    String description,
    Set<String> tags,
    String state,
    @Nullable String engine,
    @Nullable String code,
    @Nullable Tier tier,
    @Nullable String digest,
    @Nullable String signedBy,
    @Nullable String location,
    @Nullable String failure,
    List<String> operations,
    Set<String> fallbacks,
    List<Quarantined> quarantined,
    Map<String, String> dependencies) {

  /** What becomes of its code, and why. */
  public record Tier(String state, String reason) {}

  /** An operation that it is not asked for just now. */
  public record Quarantined(
      String operation,
      String category,
      String message,
      int failures,
      long sinceAt,
      long probeAt) {}

  /** By which figures name it. */
  public String key() {
    return this.id + '@' + this.version;
  }
}
