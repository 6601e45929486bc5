package io.github.wasmspring.autoconfigure.monitor;

import io.github.wasmspring.autoconfigure.SettingsMapper;
import io.github.wasmspring.monitor.MonitorSettings;

/** What the properties say about the performance monitor. */
final class MonitorSettingsMapper {

  private MonitorSettingsMapper() {}

  static MonitorSettings of(WasmMonitorProperties properties) {
    MonitorSettings.Builder settings = MonitorSettings.builder();
    SettingsMapper mapper = new SettingsMapper("wasm.monitor", settings::build);
    // They only fit together: a longer window needs a longer baseline.
    mapper.map(
        "window", properties.getWindow(), window -> settings.window(window).baseline(window));
    mapper.map("baseline", properties.getBaseline(), settings::baseline);
    mapper.map("max-series", properties.getMaxSeries(), settings::maxSeries);
    mapper.map("min-effect", properties.getMinEffect(), settings::minEffect);
    mapper.map("significance", properties.getSignificance(), settings::significance);
    mapper.map("resolution", properties.getResolution(), settings::resolution);
    return settings.build();
  }
}
