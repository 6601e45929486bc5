package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.internal.module.ShownText;
import io.github.wasmspring.plugin.WasmPluginOutcome;
import io.github.wasmspring.plugin.WasmPluginRevision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a revision.
 *
 * @param digest {@code sha256:…}, {@code null} if its bytes could not be read
 * @param signature what is in the file of the signature of its bytes, {@code null} if they have
 *     none
 */
record StoredRevision(
    int number,
    String version,
    @Nullable String digest,
    long size,
    String source,
    @Nullable String signer,
    @Nullable String signature,
    String description,
    Map<String, String> dependencies,
    Instant installedAt,
    @Nullable String installedBy,
    WasmPluginOutcome outcome,
    @Nullable String note) {

  static final String STOPPED = "the application stopped while it was on trial";
  static final String DISABLED = "the plug-in is disabled";
  static final String FILE_GONE = "the file of the plug-in is gone";

  private static final List<String> BROKEN_OFF = List.of(STOPPED, DISABLED, FILE_GONE);
  private static final int LONGEST_NOTE = 2_000;

  StoredRevision {
    dependencies = Map.copyOf(dependencies);
  }

  /** Whether its bytes are kept: those that never ran are not. */
  boolean kept() {
    return this.digest != null && this.outcome != WasmPluginOutcome.REFUSED;
  }

  StoredRevision with(WasmPluginOutcome outcome, @Nullable String note) {
    return new StoredRevision(
        this.number,
        this.version,
        this.digest,
        this.size,
        this.source,
        this.signer,
        this.signature,
        this.description,
        this.dependencies,
        this.installedAt,
        this.installedBy,
        outcome,
        note == null ? null : ShownText.of(note, LONGEST_NOTE));
  }

  /** Whether it was found bad, or somebody did not want it; not if its trial only broke off. */
  boolean givenUp() {
    return this.outcome == WasmPluginOutcome.ROLLED_BACK
        && (this.note == null || BROKEN_OFF.stream().noneMatch(this.note::startsWith));
  }

  /** Whether it would run what another one runs. */
  boolean isSameAs(StoredRevision other) {
    return this.digest != null
        && this.digest.equals(other.digest)
        && this.version.equals(other.version)
        && this.description.equals(other.description)
        && Objects.equals(this.signature, other.signature)
        && this.dependencies.equals(other.dependencies);
  }

  /** Whether neither could be read from where they should be, for the same reason. */
  boolean isAsUnreadableAs(StoredRevision other) {
    return this.digest == null
        && other.digest == null
        && this.source.equals(other.source)
        && Objects.equals(this.note, other.note);
  }

  WasmPluginRevision shown() {
    return new WasmPluginRevision(
        this.number,
        this.version,
        this.digest,
        this.size,
        this.source,
        this.signer,
        this.installedAt,
        this.installedBy,
        this.outcome,
        this.note,
        kept());
  }
}
