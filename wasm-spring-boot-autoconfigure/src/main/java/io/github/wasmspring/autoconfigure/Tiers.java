package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.prepare.TierSettings;

/** What the properties say of how modules come from the interpreter to compiled code. */
final class Tiers {

  private Tiers() {}

  static TierSettings of(WasmProperties.Engine engine) {
    WasmProperties.ByUse use = engine.getByUse();
    TierSettings settings = TierSettings.DEFAULTS;
    settings =
        ModuleSettings.put(
            "wasm.engine.compile-threads",
            settings,
            engine.getCompileThreads(),
            TierSettings::withCompileThreads);
    settings =
        ModuleSettings.put(
            "wasm.engine.by-use.small-code",
            settings,
            use.getSmallCode(),
            (old, size) -> old.withSmallCode(size.toBytes()));
    settings =
        ModuleSettings.put(
            "wasm.engine.by-use.calls", settings, use.getCalls(), TierSettings::withCalls);
    return ModuleSettings.put(
        "wasm.engine.by-use.time", settings, use.getTime(), TierSettings::withTime);
  }
}
