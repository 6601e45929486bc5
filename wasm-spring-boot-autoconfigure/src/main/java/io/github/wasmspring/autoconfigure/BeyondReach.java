package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.autoconfigure.WasmProperties.Module;
import io.github.wasmspring.autoconfigure.WasmProperties.Settings;
import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.work.WasmTaskSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.unit.DataSize;

/**
 * Warns of settings that properties raise above another limit, which holds all the same. Defaults
 * may lie above it without a word: they are meant to be cut.
 */
final class BeyondReach {

  private static final Logger logger = LoggerFactory.getLogger(BeyondReach.class);

  private final WasmProperties properties;
  private final ObjectProvider<MemoryBudget> budget;

  BeyondReach(WasmProperties properties, ObjectProvider<MemoryBudget> budget) {
    this.properties = properties;
    this.budget = budget;
  }

  void warn(Map<String, Module> configured, List<WasmModuleDescriptor> modules) {
    warn("wasm.defaults", this.properties.getDefaults());
    configured.forEach(
        (id, module) -> {
          warn(ModuleProperty.of(id), module);
          module
              .getVersions()
              .forEach((version, said) -> warn(ModuleIdentity.prefix(id, version), said));
        });
    for (WasmModuleDescriptor module : modules) {
      Module said = configured.get(module.id());
      if (said != null) {
        warn(module, said);
      }
    }
  }

  private void warn(String prefix, Settings settings) {
    DataSize memory = settings.getLimits().getMemory();
    if (memory != null) {
      long budget = this.budget.getObject().limit();
      atMost(prefix + ".limits.memory", memory.toBytes(), "wasm.memory.budget", budget);
    }
    long heap = Runtime.getRuntime().maxMemory();
    atMost(prefix + ".limits.payload", bytes(settings.getLimits().getPayload()), "the heap", heap);
    atMost(prefix + ".limits.output", bytes(settings.getLimits().getOutput()), "the heap", heap);
    Integer threads = settings.getThreads().getMax();
    if (threads != null) {
      Integer all = this.properties.getThreads().getMax();
      int most = all != null ? all : WasmTaskSettings.DEFAULTS.maxThreads();
      atMost(prefix + ".threads.max", threads, "wasm.threads.max", most);
    }
  }

  /** What only the settings of a module together can tell. */
  private static void warn(WasmModuleDescriptor module, Settings said) {
    WasmModuleSettings settings = module.settings();
    String prefix = ModuleProperty.of(module.id());
    Integer prepared = said.getPool().getPrepared();
    if (prepared != null) {
      atMost(prefix + ".pool.prepared", prepared, prefix + ".pool.max", settings.pool().max());
    }
    atMost(
        prefix + ".pool.recycle-above",
        bytes(said.getPool().getRecycleAbove()),
        prefix + ".limits.memory",
        settings.limits().memory());
  }

  private static long bytes(@Nullable DataSize size) {
    return size == null ? 0 : size.toBytes();
  }

  private static void atMost(String property, long value, String limit, long most) {
    if (value > most) {
      logger.warn("{} is {}, but {} is {}, which holds all the same", property, value, limit, most);
    }
  }
}
