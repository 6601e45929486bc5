package io.github.wasmspring.dashboard.section;

import static io.github.wasmspring.dashboard.DashboardTable.column;
import static io.github.wasmspring.dashboard.DashboardTable.count;
import static io.github.wasmspring.dashboard.DashboardTable.text;

import io.github.wasmspring.dashboard.DashboardSection;
import io.github.wasmspring.dashboard.DashboardTable;
import io.github.wasmspring.dashboard.DashboardTable.Column;
import io.github.wasmspring.dashboard.DashboardTable.Unit;
import io.github.wasmspring.tenant.WasmTenantLimits;
import io.github.wasmspring.tenant.WasmTenantStatus;
import io.github.wasmspring.tenant.WasmTenants;
import java.util.List;

/** Who calls are made for, and what each has of what it may have. */
public final class TenantSection implements DashboardSection {

  private static final int MOST = 100;

  private static final List<Column> COLUMNS =
      List.of(
          text("tenant", "Tenant"),
          count("calls", "Calls now"),
          count("max-calls", "Calls it may have"),
          column("memory", "Memory", Unit.BYTES),
          column("max-memory", "Memory it may have", Unit.BYTES),
          column("cpu-time", "CPU time", Unit.NANOS),
          column("cpu-time-left", "CPU time left", Unit.NANOS),
          count("share", "Share"),
          count("admitted", "Calls made"),
          count("refused", "Calls refused"));

  private final WasmTenants tenants;

  public TenantSection(WasmTenants tenants) {
    this.tenants = tenants;
  }

  @Override
  public String id() {
    return "tenants";
  }

  @Override
  public String title() {
    return "Tenants";
  }

  @Override
  public int order() {
    return 10;
  }

  @Override
  public DashboardTable table() {
    List<WasmTenantStatus> list = this.tenants.list();
    return new DashboardTable(
        COLUMNS,
        list.stream().limit(MOST).map(TenantSection::row).toList(),
        list.size() > MOST ? "%d more".formatted(list.size() - MOST) : null);
  }

  /** No limit is nothing, and not 0. */
  private static DashboardTable.Row row(WasmTenantStatus tenant) {
    WasmTenantLimits limits = tenant.limits();
    return DashboardTable.row(
        tenant.tenant(),
        tenant.tenant(),
        tenant.calls(),
        limits.calls() == 0 ? null : limits.calls(),
        tenant.memory(),
        limits.memory() == 0 ? null : limits.memory(),
        tenant.cpuTime().toNanos(),
        limits.cpuTime().isZero() ? null : tenant.cpuTimeLeft().toNanos(),
        limits.share(),
        tenant.admitted(),
        tenant.refused().all());
  }
}
