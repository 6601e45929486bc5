package io.github.wasmspring.autoconfigure.code;

import io.github.wasmspring.autoconfigure.SettingsMapper;
import io.github.wasmspring.code.CodeExecutorSettings;
import java.util.function.Function;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** What the properties say of the executor of code. */
public final class MappedCodeExecutorSettings {

  private MappedCodeExecutorSettings() {}

  /**
   * @throws InvalidConfigurationPropertyValueException if a value can never be
   */
  public static CodeExecutorSettings of(WasmCodeExecutorProperties properties) {
    CodeExecutorSettings settings = CodeExecutorSettings.DEFAULTS.withZone(properties.getZone());
    settings = with("timeout", properties.getTimeout(), settings::withTimeout);
    settings = with("memory-limit", properties.getMemoryLimit().toBytes(), settings::withMemory);
    settings =
        with(
            "stack",
            (int) Math.min(Integer.MAX_VALUE, properties.getStack().toBytes()),
            settings::withStack);
    settings = with("output-limit", properties.getOutputLimit().toBytes(), settings::withOutput);
    return with("console-limit", properties.getConsoleLimit().toBytes(), settings::withConsole);
  }

  private static <V> CodeExecutorSettings with(
      String name, V value, Function<V, CodeExecutorSettings> with) {
    return SettingsMapper.checked(
        "wasm.services.code.execute." + name, value, () -> with.apply(value));
  }
}
