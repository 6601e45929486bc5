package io.github.wasmspring.dashboard.web;

/** From where the dashboard can be reached. */
public enum DashboardExposure {
  /** From this machine alone. */
  LOOPBACK,
  /** From elsewhere, by whom the application's Spring Security lets in. */
  SECURED,
  /** From elsewhere, by everybody: somebody has said so. */
  OPEN
}
