package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.internal.module.ShownText;
import io.github.wasmspring.plugin.WasmPluginOutcome;
import io.github.wasmspring.plugin.WasmPluginRevision;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a revision.
 *
 * @param digest {@code sha256:…}, {@code null} if its bytes could not be read
 * @param signature what is in the {@code .minisig} file of its bytes, {@code null} if they have
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

  /** Whether it would run what another one runs. */
  boolean isSameAs(StoredRevision other) {
    return this.digest != null
        && this.digest.equals(other.digest)
        && this.version.equals(other.version)
        && this.description.equals(other.description)
        && Objects.equals(this.signature, other.signature)
        && this.dependencies.equals(other.dependencies);
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
