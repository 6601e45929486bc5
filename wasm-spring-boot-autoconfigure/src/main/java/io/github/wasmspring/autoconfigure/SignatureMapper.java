package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.load.WasmSignatures;
import java.util.Map;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Whose signatures are wanted, as properties say it. */
final class SignatureMapper {

  private static final String PREFIX = "wasm.signatures";

  private SignatureMapper() {}

  static WasmSignatures of(WasmProperties.Signatures from) {
    WasmSignatures.Builder signatures = WasmSignatures.builder().required(from.getRequired());
    for (Map.Entry<String, WasmProperties.TrustedKey> each : from.getTrusted().entrySet()) {
      String name = each.getKey();
      WasmProperties.TrustedKey trusted = each.getValue();
      String property = "%s.trusted.%s.key".formatted(PREFIX, name);
      String key = trusted.getKey();
      if (key == null) {
        throw new InvalidConfigurationPropertyValueException(
            property, null, "A trusted key needs the text of its .pub file");
      }
      try {
        signatures.trust(name, key, trusted.getUntil());
      } catch (IllegalArgumentException noKey) {
        throw new InvalidConfigurationPropertyValueException(property, key, noKey.getMessage());
      }
    }
    return SettingsMapper.checked(PREFIX + ".required", from.getRequired(), signatures::build);
  }
}
