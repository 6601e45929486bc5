package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.autoconfigure.WasmProperties.MemoryAlert;
import io.github.wasmspring.module.WasmMemoryAlert;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** The memory alerts that properties say. */
final class MemoryAlertMapper {

  private MemoryAlertMapper() {}

  /**
   * @param prefix of the list, for messages
   */
  static List<WasmMemoryAlert> of(String prefix, List<MemoryAlert> properties) {
    List<WasmMemoryAlert> alerts = new ArrayList<>();
    for (int i = 0; i < properties.size(); i++) {
      alerts.add(of(prefix + "[" + i + "]", properties.get(i)));
    }
    return alerts;
  }

  private static WasmMemoryAlert of(String prefix, MemoryAlert properties) {
    Percentage threshold = properties.getThreshold();
    Percentage clearBelow = properties.getClearBelow();
    if (threshold == null) {
      throw new InvalidConfigurationPropertyValueException(
          prefix + ".threshold", null, "A memory alert needs a threshold, such as 80%");
    }
    return SettingsMapper.checked(
        prefix,
        threshold,
        () ->
            clearBelow == null
                ? WasmMemoryAlert.at(threshold.value(), properties.getActions())
                : new WasmMemoryAlert(
                    threshold.value(), clearBelow.value(), properties.getActions()));
  }
}
