package io.github.wasmspring.dashboard.view;

import org.jspecify.annotations.Nullable;

/**
 * Work that takes its time.
 *
 * @param kind {@code action}, {@code load}, {@code compile}, {@code preload}, {@code drain}, {@code
 *     upload} or {@code profile}
 * @param state {@code running}, {@code done} or {@code failed}
 * @param share how much of it is done, from 0 to 1; {@code null} if nobody knows
 * @param text how it is, for people
 */
public record ProgressView(
    String id,
    String kind,
    String title,
    String module,
    String version,
    String state,
    @Nullable Double share,
    String text,
    long startedAt,
    @Nullable Long endedAt,
    @Nullable RefusalView error) {}
