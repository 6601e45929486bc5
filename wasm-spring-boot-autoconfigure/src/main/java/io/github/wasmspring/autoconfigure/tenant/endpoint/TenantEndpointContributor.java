package io.github.wasmspring.autoconfigure.tenant.endpoint;

import io.github.wasmspring.autoconfigure.endpoint.WasmEndpointContributor;
import io.github.wasmspring.tenant.WasmTenantStatus;
import io.github.wasmspring.tenant.WasmTenants;
import java.util.List;

/** Shows the tenants, and what each has. */
final class TenantEndpointContributor implements WasmEndpointContributor {

  /** Keys may come from outside, and there may be a thousand of them. */
  private static final int SHOWN = 100;

  private final WasmTenants tenants;

  TenantEndpointContributor(WasmTenants tenants) {
    this.tenants = tenants;
  }

  @Override
  public String name() {
    return "tenants";
  }

  @Override
  public TenantsDescriptor contribute() {
    List<WasmTenantStatus> all = this.tenants.list();
    int known = this.tenants.settings().named().size() + 1;
    return new TenantsDescriptor(
        this.tenants.settings().interval().toMillis(),
        all.subList(0, Math.min(all.size(), known + SHOWN)),
        this.tenants.others());
  }

  /**
   * The tenants.
   *
   * @param intervalMillis in which they may use their processor time
   * @param tenants those that the settings name, and up to a hundred others
   * @param others all others together
   */
  record TenantsDescriptor(
      long intervalMillis, List<WasmTenantStatus> tenants, WasmTenantStatus others) {}
}
