package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.prepare.TierSettings;

/** What the properties say of how modules come from the interpreter to compiled code. */
final class Tiers {

  private Tiers() {}

  static TierSettings of(WasmProperties.Engine engine) {
    WasmProperties.Auto auto = engine.getAuto();
    TierSettings settings = TierSettings.DEFAULTS;
    settings =
        ModuleSettings.put(
            "wasm.engine.compile-threads",
            settings,
            engine.getCompileThreads(),
            TierSettings::withCompileThreads);
    settings =
        ModuleSettings.put(
            "wasm.engine.auto.small-code",
            settings,
            auto.getSmallCode(),
            (old, size) -> old.withSmallCode(size.toBytes()));
    settings =
        ModuleSettings.put(
            "wasm.engine.auto.calls", settings, auto.getCalls(), TierSettings::withCalls);
    return ModuleSettings.put(
        "wasm.engine.auto.time", settings, auto.getTime(), TierSettings::withTime);
  }
}
