package io.github.wasmspring.autoconfigure.monitor;

import io.github.wasmspring.monitor.MonitorSettings;

/** Shows tests of other packages what becomes of the properties. */
public final class MappedMonitorSettings {

  private MappedMonitorSettings() {}

  public static MonitorSettings of(WasmMonitorProperties properties) {
    return MonitorSettingsMapper.of(properties);
  }
}
