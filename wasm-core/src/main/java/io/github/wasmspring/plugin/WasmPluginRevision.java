package io.github.wasmspring.plugin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a plug-in has run, or was to run.
 *
 * @param number from 1, in the order in which they came
 * @param digest {@code sha256:…}, {@code null} if they could not be read
 * @param size in bytes, 0 if they could not be read
 * @param source where they came from, for people: a location without secrets, or {@code upload}
 * @param signer the name of the key or identity that has signed them, {@code null} if nobody looked
 * @param installedAt when they came
 * @param installedBy who brought them, {@code null} if nobody said
 * @param outcome what became of them
 * @param note why they were refused or rolled back, {@code null} if they were not
 * @param kept whether the bytes are still there to go back to
 */
public record WasmPluginRevision(
    int number,
    String version,
    @Nullable String digest,
    long size,
    String source,
    @Nullable String signer,
    Instant installedAt,
    @Nullable String installedBy,
    WasmPluginOutcome outcome,
    @Nullable String note,
    boolean kept) {}
