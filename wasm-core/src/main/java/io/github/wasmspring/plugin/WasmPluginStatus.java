package io.github.wasmspring.plugin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A plug-in as it is now.
 *
 * @param version of the revision that is called
 * @param state where it is in its life
 * @param revision the number of that revision, from 1; 0 if what is stored of it can't be read
 * @param digest of its bytes, {@code sha256:…}; empty if what is stored of it can't be read
 * @param size of its bytes
 * @param source where they came from, for people: a location without secrets, or {@code upload}
 * @param signer the name of the key or identity that has signed them, {@code null} if nobody looked
 * @param installedAt when it became the revision that is called
 * @param installedBy who has installed that revision, {@code null} if nobody said
 * @param description one sentence for people, possibly empty
 * @param candidate the number of a newer revision that gets a share of the calls, {@code null} if
 *     none does
 * @param failure why it is {@code FAILED} and what to do, {@code null} if it is not
 */
public record WasmPluginStatus(
    String id,
    String version,
    WasmPluginState state,
    int revision,
    String digest,
    long size,
    String source,
    @Nullable String signer,
    Instant installedAt,
    @Nullable String installedBy,
    String description,
    @Nullable Integer candidate,
    @Nullable String failure) {}
