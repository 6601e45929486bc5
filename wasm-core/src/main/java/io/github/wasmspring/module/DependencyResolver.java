package io.github.wasmspring.module;

import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmVersionConflictException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Orders a module and everything it needs; one version of each id. */
final class DependencyResolver {

  private final WasmModuleRegistry registry;
  private final Map<String, WasmModuleDescriptor> resolved = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> demands = new LinkedHashMap<>();
  private final Deque<String> path = new ArrayDeque<>();

  DependencyResolver(WasmModuleRegistry registry) {
    this.registry = registry;
  }

  Collection<WasmModuleDescriptor> resolve(String id, String range) {
    visit(id, range, "the application");
    return List.copyOf(this.resolved.values());
  }

  private void visit(String id, String range, String demander) {
    this.demands.computeIfAbsent(id, key -> new LinkedHashMap<>()).put(demander, range);
    if (this.path.contains(id)) {
      throw conflict(id, range, "modules need each other in a circle: " + circle(id));
    }
    WasmModuleDescriptor earlier = this.resolved.get(id);
    if (earlier != null) {
      if (!VersionRanges.contains(VersionRanges.parse(id, range), earlier.semver())) {
        throw conflict(id, range, "no one version suits all who need it: " + demandsOf(id));
      }
      return;
    }
    WasmModuleDescriptor module = this.registry.get(id, range);
    this.path.addLast(id);
    new TreeMap<>(module.dependencies())
        .forEach((needed, wanted) -> visit(needed, wanted, module.toString()));
    this.path.removeLast();
    this.resolved.put(id, module);
  }

  private String circle(String id) {
    return this.path.stream()
            .dropWhile(step -> !step.equals(id))
            .collect(Collectors.joining(" -> "))
        + " -> "
        + id;
  }

  private String demandsOf(String id) {
    return this.demands.get(id).entrySet().stream()
        .map(demand -> demand.getKey() + " needs " + demand.getValue())
        .collect(Collectors.joining(", "));
  }

  private RuntimeException conflict(String id, String range, String detail) {
    List<String> versions =
        this.registry.versions(id).stream().map(WasmModuleDescriptor::version).toList();
    return new WasmVersionConflictException(detail, range, versions)
        .locate(WasmErrorContext.of(id, null));
  }
}
