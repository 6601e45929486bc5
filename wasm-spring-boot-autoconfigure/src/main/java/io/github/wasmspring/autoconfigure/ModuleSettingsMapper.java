package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.autoconfigure.WasmProperties.Settings;
import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import org.jspecify.annotations.Nullable;

/** Puts the settings that properties say over those that a module has already. */
final class ModuleSettingsMapper {

  private final SettingsMapper mapper;
  private final WasmModuleSettings.Builder settings;

  private ModuleSettingsMapper(String prefix, WasmModuleSettings.Builder settings) {
    this.mapper = new SettingsMapper(prefix, settings::build);
    this.settings = settings;
  }

  /**
   * @param settings those that the module has already
   * @param module the module's own properties, {@code null} if there are none
   * @param version the module's version
   */
  static void map(
      String id,
      WasmProperties properties,
      WasmProperties.@Nullable Module module,
      String version,
      WasmModuleSettings.Builder settings) {
    map(id, properties, "", null, module, version, settings);
  }

  /**
   * The same for a module of a kind that has defaults of its own.
   *
   * @param prefix of the properties that these come from
   * @param defaults over those of all modules, {@code null} if there are none
   */
  static void map(
      String id,
      WasmProperties properties,
      String prefix,
      @Nullable Settings defaults,
      WasmProperties.@Nullable Module module,
      String version,
      WasmModuleSettings.Builder settings) {
    SettingsMapper mapper = new SettingsMapper("wasm", settings::build);
    mapper.map("execution.mode", properties.getExecution().getMode(), settings::executionMode);
    mapper.map("engine.mode", properties.getEngine().getMode(), settings::engineMode);
    new ModuleSettingsMapper("wasm.defaults", settings).map(properties.getDefaults());
    if (defaults != null) {
      new ModuleSettingsMapper(prefix, settings).map(defaults);
    }
    if (module != null) {
      new ModuleSettingsMapper(ModuleProperty.of(id), settings).map(module);
      WasmProperties.ModuleVersion own = module.getVersions().get(version);
      if (own != null) {
        new ModuleSettingsMapper(ModuleIdentity.prefix(id, version), settings).map(own);
      }
    }
  }

  private void map(Settings from) {
    this.mapper.map("engine", from.getEngine(), this.settings::engineMode);
    this.mapper.map("execution-mode", from.getExecutionMode(), this.settings::executionMode);
    this.mapper.map(
        "split-big-functions", from.getSplitBigFunctions(), this.settings::splitBigFunctions);
    this.mapper.map("debug", from.getDebug(), this.settings::debug);
    this.mapper.map("load", from.getLoad(), this.settings::loadPolicy);
    this.mapper.map("load-priority", from.getLoadPriority(), this.settings::loadPriority);
    this.mapper.map("check-interval", from.getCheckInterval(), this.settings::checkInterval);
    this.mapper.map("watch", from.getWatch(), this.settings::watch);
    RolloutMapper.map(from.getRollout(), this.mapper.in("rollout"), this.settings);
    this.mapper.map("fallback.enabled", from.getFallback().getEnabled(), this.settings::fallback);
    map(from.getRetry());
    map(from.getQuarantine());
    this.mapper.map("imports", from.getImports(), this.settings::imports);
    this.mapper.map("channels.publish", from.getChannels().getPublish(), this.settings::publish);
    this.mapper.map("threads.max", from.getThreads().getMax(), this.settings::maxThreads);
    this.mapper.map("threads.priority", from.getThreads().getPriority(), this.settings::priority);
    this.settings.limits(limits -> map(from.getLimits(), limits));
    this.settings.pool(pool -> map(from.getPool(), pool));
    this.settings.wasi(
        wasi -> WasiSettingsMapper.map(from.getWasi(), this.mapper.in("wasi"), wasi));
  }

  private void map(WasmProperties.Retry from) {
    SettingsMapper in = this.mapper.in("retry");
    in.map("max-attempts", from.getMaxAttempts(), this.settings::maxAttempts);
    in.map("delay", from.getDelay(), this.settings::retryDelay);
    in.map("multiplier", from.getMultiplier(), this.settings::retryMultiplier);
    in.map("max-delay", from.getMaxDelay(), this.settings::retryMaxDelay);
    in.map("jitter", from.getJitter(), this.settings::retryJitter);
    in.map("max-time", from.getMaxTime(), this.settings::retryMaxTime);
    in.map("categories", from.getCategories(), this.settings::retryCategories);
    in.map("policy", from.getPolicy(), this.settings::retryPolicy);
  }

  private void map(WasmProperties.Quarantine from) {
    SettingsMapper in = this.mapper.in("quarantine");
    in.map("failures", from.getFailures(), this.settings::quarantineFailures);
    in.map("time", from.getTime(), this.settings::quarantineTime);
    in.map("max-time", from.getMaxTime(), this.settings::quarantineMaxTime);
    in.map("circuit-breaker", from.getCircuitBreaker(), this.settings::circuitBreaker);
  }

  private void map(WasmProperties.Limits from, Limits.Builder limits) {
    SettingsMapper in = this.mapper.in("limits");
    in.mapSize("memory", from.getMemory(), limits::memory);
    in.map("timeout", from.getTimeout(), limits::timeout);
    in.mapSize("payload", from.getPayload(), limits::payload);
    in.mapSize("output", from.getOutput(), limits::output);
    in.map("json-tokens", from.getJsonTokens(), limits::jsonTokens);
    in.map("table-elements", from.getTableElements(), limits::tableElements);
    in.map("functions", from.getFunctions(), limits::functions);
    in.map("compile-timeout", from.getCompileTimeout(), limits::compileTimeout);
    in.map(
        "memory-alerts",
        from.getMemoryAlerts(),
        alerts -> limits.memoryAlerts(MemoryAlertMapper.of(in.name("memory-alerts"), alerts)));
    in.map("guest-threads", from.getGuestThreads(), limits::guestThreads);
    in.mapSize("stack", from.getStack(), limits::stack);
  }

  private void map(WasmProperties.Pool from, Pool.Builder pool) {
    SettingsMapper in = this.mapper.in("pool");
    if (from.getMin() != null && from.getMax() != null) {
      pool.min(from.getMin());
    }
    in.map("max", from.getMax(), pool::max);
    in.map("min", from.getMin(), pool::min);
    in.map("idle-time", from.getIdleTime(), pool::idleTime);
    in.map("borrow-timeout", from.getBorrowTimeout(), pool::borrowTimeout);
    in.map("recycle-after", from.getRecycleAfter(), pool::recycleAfter);
    in.mapSize("recycle-above", from.getRecycleAbove(), pool::recycleAbove);
    in.map("prepared", from.getPrepared(), pool::prepared);
    in.map("max-session-time", from.getMaxSessionTime(), pool::maxSessionTime);
    in.map("trace-sessions", from.getTraceSessions(), pool::traceSessions);
    in.map("reset", from.getReset(), pool::reset);
    in.map("prepare", from.getPrepare(), pool::prepare);
    in.map("prepare-timeout", from.getPrepareTimeout(), pool::prepareTimeout);
  }
}
