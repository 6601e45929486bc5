package io.github.wasmspring.autoconfigure.tenant;

import io.github.wasmspring.tenant.WasmTenantSettings;

/** Shows tests of other packages what becomes of the properties. */
public final class MappedTenantSettings {

  private MappedTenantSettings() {}

  public static WasmTenantSettings of(WasmTenantProperties properties) {
    return TenantSettingsMapper.of(properties);
  }
}
