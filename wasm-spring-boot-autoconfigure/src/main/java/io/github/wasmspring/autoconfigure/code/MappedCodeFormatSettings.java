package io.github.wasmspring.autoconfigure.code;

import io.github.wasmspring.autoconfigure.SettingsMapper;
import io.github.wasmspring.code.CodeFormatSettings;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** What the properties say of how code is to look. */
public final class MappedCodeFormatSettings {

  private static final String PREFIX = "wasm.services.code.format";

  private MappedCodeFormatSettings() {}

  /**
   * @throws InvalidConfigurationPropertyValueException if a value can never be
   */
  public static CodeFormatSettings of(WasmCodeFormatProperties properties) {
    return CodeFormatSettings.DEFAULTS.with(settings -> map(properties, settings));
  }

  private static void map(
      WasmCodeFormatProperties properties, CodeFormatSettings.Builder settings) {
    SettingsMapper mapper = new SettingsMapper(PREFIX, settings::build);
    mapper.map("indent-width", properties.getIndentWidth(), settings::indentWidth);
    mapper.map("tabs", properties.isTabs(), settings::tabs);
    mapper.map("line-width", properties.getLineWidth(), settings::lineWidth);
    mapper.map(
        "quotes",
        CodeFormatSettings.Quotes.valueOf(properties.getQuotes().name()),
        settings::quotes);
    mapper.map(
        "semicolons",
        CodeFormatSettings.Semicolons.valueOf(properties.getSemicolons().name()),
        settings::semicolons);
    mapper.map(
        "trailing-commas",
        CodeFormatSettings.TrailingCommas.valueOf(properties.getTrailingCommas().name()),
        settings::trailingCommas);
    mapper.map(
        "line-ending",
        CodeFormatSettings.LineEnding.valueOf(properties.getLineEnding().name()),
        settings::lineEnding);
    mapper.map("max-length", properties.getMaxLength(), settings::maxLength);
    properties
        .getDprint()
        .forEach(
            (plugin, options) ->
                options.forEach(
                    (name, option) ->
                        mapper.map(
                            "dprint." + plugin + "." + name,
                            option,
                            value -> settings.dprint(plugin, name, value))));
  }
}
