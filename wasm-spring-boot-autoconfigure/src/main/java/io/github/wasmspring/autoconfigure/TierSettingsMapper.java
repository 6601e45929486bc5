package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.internal.prepare.TierSettings;

/** What the properties say of how modules come from the interpreter to compiled code. */
final class TierSettingsMapper {

  private TierSettingsMapper() {}

  static TierSettings of(WasmProperties.Engine engine) {
    WasmProperties.ByUse use = engine.getByUse();
    TierSettings settings = TierSettings.DEFAULTS;
    settings =
        SettingsMapper.put(
            "wasm.engine.compile-threads",
            settings,
            engine.getCompileThreads(),
            TierSettings::withCompileThreads);
    settings =
        SettingsMapper.put(
            "wasm.engine.by-use.small-code",
            settings,
            use.getSmallCode(),
            (old, size) -> old.withSmallCode(size.toBytes()));
    settings =
        SettingsMapper.put(
            "wasm.engine.by-use.calls", settings, use.getCalls(), TierSettings::withCalls);
    return SettingsMapper.put(
        "wasm.engine.by-use.time", settings, use.getTime(), TierSettings::withTime);
  }
}
