package io.github.wasmspring.autoconfigure.endpoint;

import io.github.wasmspring.module.WasiSettings;
import io.github.wasmspring.module.WasmModuleSettings;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.actuate.endpoint.SanitizableData;

/** Settings without what may be secret in them: the variables and arguments of a guest. */
final class ShownSettings {

  private ShownSettings() {}

  static WasmModuleSettings of(WasmModuleSettings settings) {
    return settings.with(shown -> shown.wasi(wasi -> sanitize(settings.wasi(), wasi)));
  }

  private static void sanitize(WasiSettings settings, WasiSettings.Builder shown) {
    shown
        .arguments(
            settings.arguments().stream().map(argument -> SanitizableData.SANITIZED_VALUE).toList())
        .environment(
            settings.environment().entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey, variable -> SanitizableData.SANITIZED_VALUE)));
  }
}
