package io.github.wasmspring.dashboard.web;

import org.jspecify.annotations.Nullable;

/**
 * Something that was done on the dashboard, or tried. Never what was uploaded, nor what was said.
 *
 * @param principal who did it, {@code null} where nobody signs in
 * @param action what, e.g. {@code reload}
 * @param subject the module, plug-in or row
 * @param version of the module, empty if there is none
 * @param outcome {@code success}, {@code failure} or {@code refused}
 * @param reason the category of the failure, or the code of the refusal; {@code null} for none
 */
public record DashboardDeed(
    @Nullable String principal,
    String action,
    String subject,
    String version,
    String outcome,
    @Nullable String reason) {}
