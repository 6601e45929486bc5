package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.autoconfigure.WasmProperties.Settings;
import io.github.wasmspring.module.ModuleProperty;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import io.github.wasmspring.module.WasmModuleSettings.Retry;
import io.github.wasmspring.module.WasmModuleSettings.Threads;
import io.github.wasmspring.module.WasmPermissions;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Puts the settings that properties say over those that a module has already. */
final class ModuleSettings {

  private static final PropertyMapper MAP = PropertyMapper.get();

  private ModuleSettings() {}

  /**
   * @param module the module's own properties, {@code null} if there are none
   */
  static WasmModuleSettings merge(
      String id,
      WasmModuleSettings base,
      WasmProperties properties,
      WasmProperties.@Nullable Module module) {
    WasmModuleSettings merged = base;
    merged =
        MAP.from(properties.getExecution()::getMode)
            .to(merged, WasmModuleSettings::withExecutionMode);
    merged =
        MAP.from(properties.getEngine()::getMode).to(merged, WasmModuleSettings::withEngineMode);
    merged = merge("wasm.defaults", merged, properties.getDefaults());
    return module == null ? merged : merge(ModuleProperty.of(id), merged, module);
  }

  private static WasmModuleSettings merge(
      String prefix, WasmModuleSettings base, Settings settings) {
    WasmModuleSettings merged = base;
    merged = MAP.from(settings::getEngine).to(merged, WasmModuleSettings::withEngineMode);
    merged = MAP.from(settings::getExecutionMode).to(merged, WasmModuleSettings::withExecutionMode);
    merged =
        MAP.from(settings::getSplitBigFunctions)
            .to(merged, WasmModuleSettings::withSplitBigFunctions);
    merged = MAP.from(settings::getLoad).to(merged, WasmModuleSettings::withLoadPolicy);
    merged = MAP.from(settings::getLoadPriority).to(merged, WasmModuleSettings::withLoadPriority);
    merged =
        MAP.from(settings.getFallback()::getEnabled).to(merged, WasmModuleSettings::withFallback);
    return merged
        .withLimits(limits -> limits(prefix + ".limits", limits, settings.getLimits()))
        .withPool(pool -> pool(prefix + ".pool", pool, settings.getPool()))
        .withRetry(retry(prefix + ".retry", merged.retry(), settings.getRetry()))
        .withWasi(wasi -> WasiProperties.merge(prefix + ".wasi", wasi, settings.getWasi()))
        .withPermissions(permissions -> permissions(prefix, permissions, settings))
        .withThreads(threads -> threads(prefix + ".threads", threads, settings.getThreads()));
  }

  private static WasmPermissions permissions(
      String prefix, WasmPermissions base, Settings settings) {
    WasmPermissions merged =
        put(prefix + ".imports", base, settings.getImports(), WasmPermissions::withImports);
    return put(
        prefix + ".channels.publish",
        merged,
        settings.getChannels().getPublish(),
        WasmPermissions::withPublish);
  }

  private static Limits limits(String prefix, Limits base, WasmProperties.Limits limits) {
    Limits merged = base;
    merged =
        put(
            prefix + ".memory",
            merged,
            limits.getMemory(),
            (old, size) -> old.withMemory(size.toBytes()));
    merged = put(prefix + ".timeout", merged, limits.getTimeout(), Limits::withTimeout);
    merged =
        put(
            prefix + ".payload",
            merged,
            limits.getPayload(),
            (old, size) -> old.withPayload(size.toBytes()));
    merged =
        put(
            prefix + ".output",
            merged,
            limits.getOutput(),
            (old, size) -> old.withOutput(size.toBytes()));
    merged = put(prefix + ".json-tokens", merged, limits.getJsonTokens(), Limits::withJsonTokens);
    merged =
        put(
            prefix + ".table-elements",
            merged,
            limits.getTableElements(),
            Limits::withTableElements);
    merged = put(prefix + ".functions", merged, limits.getFunctions(), Limits::withFunctions);
    merged =
        put(
            prefix + ".compile-timeout",
            merged,
            limits.getCompileTimeout(),
            Limits::withCompileTimeout);
    merged =
        put(
            prefix + ".memory-alerts",
            merged,
            limits.getMemoryAlerts(),
            (old, alerts) ->
                old.withMemoryAlerts(MemoryAlerts.of(prefix + ".memory-alerts", alerts)));
    merged =
        put(prefix + ".guest-threads", merged, limits.getGuestThreads(), Limits::withGuestThreads);
    return put(
        prefix + ".stack", merged, limits.getStack(), (old, size) -> old.withStack(size.toBytes()));
  }

  private static Pool pool(String prefix, Pool base, WasmProperties.Pool pool) {
    Pool merged = size(prefix, base, pool.getMin(), pool.getMax());
    merged = put(prefix + ".idle-time", merged, pool.getIdleTime(), Pool::withIdleTime);
    merged =
        put(prefix + ".borrow-timeout", merged, pool.getBorrowTimeout(), Pool::withBorrowTimeout);
    merged = put(prefix + ".recycle-after", merged, pool.getRecycleAfter(), Pool::withRecycleAfter);
    merged =
        put(
            prefix + ".recycle-above",
            merged,
            pool.getRecycleAbove(),
            (old, size) -> old.withRecycleAbove(size.toBytes()));
    merged = put(prefix + ".prepared", merged, pool.getPrepared(), Pool::withPrepared);
    merged =
        put(
            prefix + ".max-session-time",
            merged,
            pool.getMaxSessionTime(),
            Pool::withMaxSessionTime);
    merged =
        put(prefix + ".trace-sessions", merged, pool.getTraceSessions(), Pool::withTraceSessions);
    return put(prefix + ".reset", merged, pool.getReset(), Pool::withReset);
  }

  private static Pool size(String prefix, Pool base, @Nullable Integer min, @Nullable Integer max) {
    return max != null
        ? put(
            prefix + ".max",
            base,
            max,
            (old, value) -> old.withSize(min != null ? min : old.min(), value))
        : put(prefix + ".min", base, min, (old, value) -> old.withSize(value, old.max()));
  }

  private static Retry retry(String prefix, Retry base, WasmProperties.Retry retry) {
    Retry merged =
        put(
            prefix + ".max-attempts",
            base,
            retry.getMaxAttempts(),
            (old, attempts) -> new Retry(attempts, old.delay()));
    return put(
        prefix + ".delay",
        merged,
        retry.getDelay(),
        (old, delay) -> new Retry(old.maxAttempts(), delay));
  }

  private static Threads threads(
      String prefix, Threads base, WasmProperties.ModuleThreads threads) {
    Threads merged = put(prefix + ".max", base, threads.getMax(), Threads::withMax);
    return put(prefix + ".priority", merged, threads.getPriority(), Threads::withPriority);
  }

  /** {@code settings} with that value, unless it is {@code null}. */
  static <S, V> S put(String property, S settings, @Nullable V value, BiFunction<S, V, S> with) {
    if (value == null) {
      return settings;
    }
    try {
      return with.apply(settings, value);
    } catch (IllegalArgumentException unfit) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, unfit.getMessage(), unfit);
    }
  }
}
