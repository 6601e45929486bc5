package io.github.wasmspring.autoconfigure.tenant;

import io.github.wasmspring.autoconfigure.SettingsMapper;
import io.github.wasmspring.tenant.WasmTenantLimits;
import io.github.wasmspring.tenant.WasmTenantSettings;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What the properties say about tenants. */
final class TenantSettingsMapper {

  private static final String PREFIX = "wasm.tenants";

  private TenantSettingsMapper() {}

  static WasmTenantSettings of(WasmTenantProperties properties) {
    WasmTenantSettings.Builder settings = WasmTenantSettings.builder();
    SettingsMapper mapper = new SettingsMapper(PREFIX, settings::build);
    settings.required(properties.isRequired());
    mapper.map("interval", properties.getInterval(), settings::interval);
    mapper.map("unknown", properties.getUnknown(), settings::unknown);
    mapper.map("max-unknown", properties.getMaxUnknown(), settings::mostKept);
    WasmTenantLimits defaults =
        new Limits(PREFIX + ".defaults", WasmTenantLimits.NONE).with(properties.getDefaults());
    settings.defaults(defaults);
    properties
        .getLimits()
        .forEach(
            (key, limits) ->
                mapper.map(
                    "limits[" + key + "]",
                    new Limits(PREFIX + ".limits[" + key + "]", defaults).with(limits),
                    mapped -> settings.tenant(key, mapped)));
    return settings.build();
  }

  /** Those of one tenant while they are put together; what the properties leave out stays. */
  private static final class Limits {

    private final SettingsMapper mapper;
    private WasmTenantLimits mapped;

    Limits(String prefix, WasmTenantLimits unless) {
      this.mapper = new SettingsMapper(prefix, () -> this);
      this.mapped = unless;
    }

    WasmTenantLimits with(WasmTenantProperties.Limits from) {
      this.mapper.map("calls", from.getCalls(), set(value -> limits -> limits.withCalls(value)));
      this.mapper.map(
          "cpu-time", from.getCpuTime(), set(value -> limits -> limits.withCpuTime(value)));
      this.mapper.map(
          "memory", from.getMemory(), set(value -> limits -> limits.withMemory(value.toBytes())));
      this.mapper.map("share", from.getShare(), set(value -> limits -> limits.withShare(value)));
      return this.mapped;
    }

    private <V> Consumer<V> set(Function<V, UnaryOperator<WasmTenantLimits>> change) {
      return value -> this.mapped = change.apply(value).apply(this.mapped);
    }
  }
}
