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

/**
 * Orders a module and everything it needs; one version of each id, the newest that suits all who
 * need it. A choice that turns out not to suit somebody met later is made again with what is known
 * by then.
 */
final class DependencyResolver {

  private final WasmModuleRegistry registry;
  private final Map<String, Map<String, String>> demands = new LinkedHashMap<>();
  private final Map<String, WasmModuleDescriptor> resolved = new LinkedHashMap<>();
  private final Deque<String> path = new ArrayDeque<>();

  DependencyResolver(WasmModuleRegistry registry) {
    this.registry = registry;
  }

  Collection<WasmModuleDescriptor> resolve(String id, String range) {
    while (!visit(id, range, "the application")) {
      this.resolved.clear();
      this.path.clear();
    }
    return List.copyOf(this.resolved.values());
  }

  /**
   * @return {@code false} if an earlier choice does not suit this demander, so that all is to be
   *     chosen again
   */
  private boolean visit(String id, String range, String demander) {
    demands(id).put(demander, range);
    if (this.path.contains(id)) {
      throw conflict(id, range, "modules need each other in a circle: " + circle(id));
    }
    WasmModuleDescriptor chosen = choose(id, range);
    WasmModuleDescriptor earlier = this.resolved.get(id);
    if (earlier != null) {
      return earlier == chosen;
    }
    this.path.addLast(id);
    for (var needed : new TreeMap<>(chosen.dependencies()).entrySet()) {
      if (!visit(needed.getKey(), needed.getValue(), chosen.toString())) {
        return false;
      }
    }
    this.path.removeLast();
    this.resolved.put(id, chosen);
    return true;
  }

  private WasmModuleDescriptor choose(String id, String range) {
    // Says what is wrong if there is nothing within this range, whatever others need.
    this.registry.get(id, range);
    return this.registry.versions(id).stream()
        .filter(this::suitsAll)
        .findFirst()
        .orElseThrow(
            () -> conflict(id, range, "no one version suits all who need it: " + demandsOf(id)));
  }

  private boolean suitsAll(WasmModuleDescriptor module) {
    return demands(module.id()).values().stream()
        .allMatch(range -> VersionRanges.matcher(module.id(), range).test(module.semver()));
  }

  private Map<String, String> demands(String id) {
    return this.demands.computeIfAbsent(id, key -> new LinkedHashMap<>());
  }

  private String circle(String id) {
    return this.path.stream()
            .dropWhile(step -> !step.equals(id))
            .collect(Collectors.joining(" -> "))
        + " -> "
        + id;
  }

  private String demandsOf(String id) {
    return demands(id).entrySet().stream()
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
