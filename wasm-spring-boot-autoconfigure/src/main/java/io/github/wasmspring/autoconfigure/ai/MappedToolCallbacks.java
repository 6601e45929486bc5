package io.github.wasmspring.autoconfigure.ai;

import io.github.wasmspring.autoconfigure.SettingsMapper;
import io.github.wasmspring.autoconfigure.ai.WasmAiToolsProperties.Operation;
import io.github.wasmspring.client.WasmModuleManager;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** What the properties say of tools. */
public final class MappedToolCallbacks {

  private static final String PREFIX = "wasm.ai.tools.";

  private MappedToolCallbacks() {}

  /**
   * The limits of all.
   *
   * @throws InvalidConfigurationPropertyValueException if a value can never be
   */
  public static WasmToolLimits limits(WasmAiToolsProperties properties) {
    WasmToolLimits limits = WasmToolLimits.DEFAULTS;
    limits = with("timeout", properties.getTimeout(), limits, WasmToolLimits::withTimeout);
    limits = with("max-input", properties.getMaxInput(), limits, WasmToolLimits::withMaxInput);
    return with("max-output", properties.getMaxOutput(), limits, WasmToolLimits::withMaxOutput);
  }

  private static <V> WasmToolLimits with(
      String name, @Nullable V value, WasmToolLimits limits, OneLimit<V> with) {
    return value == null
        ? limits
        : SettingsMapper.checked(PREFIX + name, value, () -> with.apply(limits, value));
  }

  /** The same limits but for one. */
  private interface OneLimit<V> extends BiFunction<WasmToolLimits, V, WasmToolLimits> {}

  static WasmToolCallbacks of(WasmModuleManager manager, WasmAiToolsProperties properties) {
    WasmToolLimits limits = limits(properties);
    WasmToolCallbacks callbacks = WasmToolCallbacks.of(manager).limits(limits);
    properties
        .getOperations()
        .forEach(
            (name, operation) ->
                callbacks.operation(
                    needed(name, "module", operation.getModule()),
                    needed(name, "operation", operation.getOperation()),
                    said -> map(name, operation, said, limits)));
    return callbacks;
  }

  private static String needed(String name, String property, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new InvalidConfigurationPropertyValueException(
          PREFIX + "operations." + name + "." + property,
          Objects.requireNonNullElse(value, ""),
          "A tool needs a module and an operation.");
    }
    return value;
  }

  private static void map(
      String name, Operation operation, WasmToolOperation said, WasmToolLimits limits) {
    said.name(name);
    if (operation.getVersion() != null) {
      said.version(operation.getVersion());
    }
    if (operation.getDescription() != null) {
      said.description(operation.getDescription());
    }
    operation.getParameters().forEach(said::describe);
    String prefix = "operations." + name + ".";
    WasmToolLimits own =
        with(prefix + "timeout", operation.getTimeout(), limits, WasmToolLimits::withTimeout);
    said.limits(
        with(prefix + "max-output", operation.getMaxOutput(), own, WasmToolLimits::withMaxOutput));
  }
}
