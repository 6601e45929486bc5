package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmVersionConflictException;
import io.github.wasmspring.adaptive.WasmAdaptiveRow;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.internal.module.ShownLocation;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.observe.WasmPerformanceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Reads everything about one module. */
public final class ModulePageReader {

  private final DashboardSources sources;
  private final ModuleViewReader modules;
  private final SettingReader settings;

  public ModulePageReader(DashboardSources sources, Environment environment) {
    this.sources = sources;
    this.modules = new ModuleViewReader(sources.manager());
    this.settings = new SettingReader(environment);
  }

  /**
   * A version of a module.
   *
   * @param version {@code null} for the default version
   * @return {@code null} if there is none
   */
  public @Nullable ModulePageView read(String id, @Nullable String version) {
    WasmModuleDescriptor meant;
    try {
      meant =
          this.sources
              .manager()
              .registry()
              .get(id, version == null ? WasmModuleManager.DEFAULT : version);
    } catch (WasmModuleNotFoundException
        | WasmVersionConflictException
        | IllegalArgumentException none) {
      return null;
    }
    List<WasmModuleStatus> versions = this.sources.manager().status(id);
    for (WasmModuleStatus each : versions) {
      if (each.version().equals(meant.version())) {
        return read(meant, each, versions);
      }
    }
    return null;
  }

  private ModulePageView read(
      WasmModuleDescriptor module, WasmModuleStatus status, List<WasmModuleStatus> versions) {
    return new ModulePageView(
        this.modules.read(List.of(status), System.currentTimeMillis()).get(0),
        versions.stream().map(WasmModuleStatus::version).toList(),
        provenance(module, status),
        operations(status),
        CutText.each(status.exports()),
        CutText.each(status.imports()),
        status.features() == null
            ? null
            : status.features().stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList(),
        CutText.each(status.bigFunctions()),
        status.links().stream()
            .map(
                each ->
                    new ModulePageView.Link(
                        each.module(), each.version(), each.digest(), CutText.each(each.imports())))
            .toList(),
        this.settings.read(module),
        adaptive(status.adaptive()),
        ErrorReportView.of(this.sources.errors().report(module.id())),
        performance(module.id()));
  }

  private static ModulePageView.Provenance provenance(
      WasmModuleDescriptor module, WasmModuleStatus status) {
    String signature = module.signature();
    return new ModulePageView.Provenance(
        CutText.ofNullable(module.shownLocation()),
        module.isFromOutside(),
        status.digest(),
        module.digest(),
        signature == null ? null : CutText.of(ShownLocation.of(signature)),
        CutText.ofNullable(status.signedBy()),
        module.compiledClass());
  }

  private static List<ModulePageView.Operation> operations(WasmModuleStatus status) {
    Set<String> quarantined =
        status.quarantined().stream()
            .map(each -> comparable(each.operation()))
            .collect(Collectors.toSet());
    return status.operations().stream()
        .map(
            signature -> {
              String name = ModuleViewReader.operationName(signature);
              return new ModulePageView.Operation(
                  name,
                  CutText.of(signature),
                  status.fallbacks().contains(name),
                  quarantined.contains(comparable(name)));
            })
        .toList();
  }

  /** Methods are in camel case, exports in snake case. */
  private static String comparable(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static List<ModulePageView.Adaptive> adaptive(Map<String, List<WasmAdaptiveRow>> rows) {
    List<ModulePageView.Adaptive> adaptive = new ArrayList<>();
    rows.forEach(
        (operation, classes) ->
            classes.forEach(
                each ->
                    adaptive.add(
                        new ModulePageView.Adaptive(
                            CutText.of(operation),
                            each.fromBytes(),
                            each.toBytes(),
                            each.chosen().name(),
                            each.wasmNanos(),
                            each.javaNanos(),
                            each.calls(),
                            each.switches()))));
    return adaptive;
  }

  /** What the report of all says of one module, and of all modules. */
  private WasmPerformanceReport performance(String id) {
    return new WasmPerformanceReport(
        1,
        this.sources.performance().report().findings().stream()
            .filter(each -> each.module() == null || each.module().equals(id))
            .toList());
  }
}
