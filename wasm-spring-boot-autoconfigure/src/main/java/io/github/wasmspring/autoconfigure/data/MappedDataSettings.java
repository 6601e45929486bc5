package io.github.wasmspring.autoconfigure.data;

import io.github.wasmspring.autoconfigure.SettingsMapper;
import io.github.wasmspring.data.DataSettings;
import java.util.function.Function;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** What the properties say of the data processor. */
public final class MappedDataSettings {

  private MappedDataSettings() {}

  /**
   * @throws InvalidConfigurationPropertyValueException if a value can never be
   */
  public static DataSettings of(WasmDataProperties properties) {
    DataSettings settings =
        DataSettings.DEFAULTS
            .withSpillDirectory(properties.getSpillDirectory())
            .withSpillCompression(properties.isSpillCompression());
    settings = with("chunk-rows", properties.getChunkRows(), settings::withChunkRows);
    settings =
        with("memory-limit", properties.getMemoryLimit().toBytes(), settings::withMemoryLimit);
    return with("spill-limit", properties.getSpillLimit().toBytes(), settings::withSpillLimit);
  }

  private static <V> DataSettings with(String name, V value, Function<V, DataSettings> with) {
    return SettingsMapper.checked("wasm.services.data." + name, value, () -> with.apply(value));
  }
}
