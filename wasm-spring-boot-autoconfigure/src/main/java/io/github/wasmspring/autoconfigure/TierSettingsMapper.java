package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.internal.prepare.TierSettings;

/** What the properties say of how modules come from the interpreter to compiled code. */
final class TierSettingsMapper {

  private TierSettingsMapper() {}

  static TierSettings of(WasmProperties.Engine engine) {
    TierSettings.Builder settings = TierSettings.DEFAULTS.toBuilder();
    SettingsMapper mapper = new SettingsMapper("wasm.engine", settings::build);
    mapper.map("compile-threads", engine.getCompileThreads(), settings::compileThreads);
    WasmProperties.ByUse use = engine.getByUse();
    SettingsMapper in = mapper.in("by-use");
    in.mapSize("small-code", use.getSmallCode(), settings::smallCode);
    in.map("calls", use.getCalls(), settings::calls);
    in.map("time", use.getTime(), settings::time);
    return settings.build();
  }
}
