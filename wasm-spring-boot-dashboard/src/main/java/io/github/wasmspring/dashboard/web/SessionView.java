package io.github.wasmspring.dashboard.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page has to know of who looks.
 *
 * @param application its name, {@code null} if it has none
 * @param version of the dashboard, {@code null} if that is not known
 * @param principal {@code null} where nobody signs in
 * @param mayNotActReason why not, for people
 * @param plugins {@code null} if the application has none
 */
record SessionView(
    @Nullable String application,
    @Nullable String version,
    @Nullable String principal,
    boolean readOnly,
    @Nullable String readOnlyReason,
    boolean mayAct,
    @Nullable String mayNotActReason,
    Csrf csrf,
    List<ModuleAction.View> actions,
    @Nullable Plugins plugins,
    Limits limits) {

  /** All of them go with each request that something is done. */
  record Csrf(Map<String, String> headers) {}

  record Plugins(boolean upload, long maxBytes) {}

  record Limits(int profileMaxRate, long profileMaxSeconds) {}
}
