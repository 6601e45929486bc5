package io.github.wasmspring.dashboard.web;

/** Told of everything that is done on the dashboard. */
@FunctionalInterface
public interface DashboardAudit {

  void record(DashboardDeed deed);
}
