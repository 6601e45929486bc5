package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.fallback.WasmQuarantine;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.prepare.WasmTier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the modules as they are. */
final class ModuleViewReader {

  /** Begun or ended within a second, a time is the same: what did not change is not told again. */
  private static final long SECOND = 1_000;

  private final WasmModuleManager manager;

  ModuleViewReader(WasmModuleManager manager) {
    this.manager = manager;
  }

  List<ModuleView> read(List<WasmModuleStatus> modules, long now) {
    Map<String, String> defaults = new HashMap<>();
    return modules.stream()
        .map(
            module ->
                read(
                    module,
                    module
                        .version()
                        .equals(defaults.computeIfAbsent(module.id(), this::defaultVersion)),
                    now))
        .toList();
  }

  private String defaultVersion(String id) {
    WasmModuleRegistry registry = this.manager.registry();
    return registry.find(id).map(WasmModuleDescriptor::version).orElse("");
  }

  private static ModuleView read(WasmModuleStatus module, boolean isDefault, long now) {
    return new ModuleView(
        module.id(),
        module.version(),
        isDefault,
        CutText.of(module.description()),
        new TreeSet<>(CutText.each(List.copyOf(module.tags()))),
        module.state().name(),
        module.engine(),
        module.kind() == null ? null : module.kind().name(),
        tier(module.tier()),
        module.digest(),
        CutText.ofNullable(module.signedBy()),
        CutText.ofNullable(module.location()),
        CutText.ofNullable(module.failure()),
        module.operations().stream().map(ModuleViewReader::operationName).toList(),
        module.fallbacks(),
        module.quarantined().stream().map(each -> quarantined(each, now)).toList(),
        module.dependencies());
  }

  /** Operations are described as Java methods are: what they return, their name, a bracket. */
  static String operationName(String described) {
    int bracket = described.indexOf('(');
    String name = bracket < 0 ? described : described.substring(0, bracket);
    return CutText.of(name.substring(name.lastIndexOf(' ') + 1));
  }

  private static ModuleView.@Nullable Tier tier(@Nullable WasmTier tier) {
    return tier == null
        ? null
        : new ModuleView.Tier(tier.state().name(), CutText.of(tier.reason()));
  }

  private static ModuleView.Quarantined quarantined(WasmQuarantine quarantine, long now) {
    return new ModuleView.Quarantined(
        CutText.of(quarantine.operation()),
        quarantine.category().name(),
        CutText.of(quarantine.message()),
        quarantine.failures(),
        rounded(now - quarantine.since().toMillis()),
        rounded(now + quarantine.probeIn().toMillis()));
  }

  private static long rounded(long millis) {
    return (millis + SECOND / 2) / SECOND * SECOND;
  }
}
