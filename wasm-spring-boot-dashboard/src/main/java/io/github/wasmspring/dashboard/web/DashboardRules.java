package io.github.wasmspring.dashboard.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may see the dashboard, and who may act.
 *
 * @param path of the dashboard within the application, e.g. {@code /wasm}
 * @param role that is needed to see anything, {@code null} for none in particular
 * @param actionRole that is needed to act, {@code null} for that to see
 * @param readOnly whether nobody may act
 * @param hosts names by which the dashboard may be reached: on loopback besides its own; where it
 *     is open no others, if there are any
 */
public record DashboardRules(
    String path,
    DashboardExposure exposure,
    @Nullable String role,
    @Nullable String actionRole,
    boolean readOnly,
    List<String> hosts) {

  public DashboardRules {
    hosts = List.copyOf(hosts);
  }
}
