package io.github.wasmspring.module;

import io.github.wasmspring.WasmDependencyException;
import io.github.wasmspring.WasmDependencyProblem;
import io.github.wasmspring.WasmDependencyProblem.Kind;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.internal.module.NearMatches;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Orders a module and everything it needs; one version of each id, the newest that suits all who
 * need it. After a choice that turns out not to suit somebody met later, all is chosen again
 * without it, as long as there is another one: what only it needs is forgotten. What is wrong is
 * collected, and the search goes on with the rest.
 */
final class DependencyResolver {

  private final WasmModuleRegistry registry;
  private final Map<String, Map<String, String>> demands = new LinkedHashMap<>();
  private final Map<String, WasmModuleDescriptor> resolved = new LinkedHashMap<>();
  private final Map<String, WasmDependencyProblem> problems = new LinkedHashMap<>();
  private final Set<WasmModuleDescriptor> rejected =
      Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<String> path = new ArrayDeque<>();

  DependencyResolver(WasmModuleRegistry registry) {
    this.registry = registry;
  }

  Collection<WasmModuleDescriptor> resolve(WasmModuleDescriptor module) {
    while (!visit(module)) {
      this.demands.clear();
      this.resolved.clear();
      this.problems.clear();
      this.path.clear();
    }
    if (!this.problems.isEmpty()) {
      throw new WasmDependencyException(List.copyOf(this.problems.values()))
          .locate(WasmErrorContext.of(module.id(), module.version()));
    }
    return List.copyOf(this.resolved.values());
  }

  /**
   * @return {@code false} if an earlier choice does not suit this module, so that all is to be
   *     chosen again
   */
  private boolean visit(WasmModuleDescriptor module) {
    this.path.addLast(module.id());
    for (var needed : new TreeMap<>(module.dependencies()).entrySet()) {
      if (!visit(needed.getKey(), needed.getValue(), module)) {
        return false;
      }
    }
    this.path.removeLast();
    this.resolved.put(module.id(), module);
    return true;
  }

  private boolean visit(String id, String range, WasmModuleDescriptor demander) {
    demands(id).put(demander.toString(), range);
    if (this.path.contains(id)) {
      String circle = circle(id);
      note(Kind.CIRCLE, id, "modules need each other in a circle: " + circle, circle);
      return true;
    }
    WasmModuleDescriptor chosen = choose(id, range, demander);
    if (chosen == null) {
      return true;
    }
    WasmModuleDescriptor earlier = this.resolved.get(id);
    if (earlier == null) {
      return visit(chosen);
    }
    if (earlier == chosen) {
      return true;
    }
    if (this.rejected.add(earlier)) {
      return false;
    }
    noteConflict(id);
    return true;
  }

  private @Nullable WasmModuleDescriptor choose(
      String id, String range, WasmModuleDescriptor demander) {
    List<WasmModuleDescriptor> versions = this.registry.versions(id);
    if (versions.isEmpty()) {
      note(Kind.MISSING, id, missing(id, range, demander), id);
      return null;
    }
    if (versions.stream().noneMatch(version -> suits(version, range))) {
      note(
          Kind.OUT_OF_RANGE,
          id,
          "%s needs %s %s, but registered are only %s"
              .formatted(demander, id, range, versions(versions)),
          id + demander);
      return null;
    }
    List<WasmModuleDescriptor> suitable = versions.stream().filter(this::suitsAll).toList();
    if (suitable.isEmpty()) {
      noteConflict(id);
      return null;
    }
    return suitable.stream()
        .filter(version -> !this.rejected.contains(version))
        .findFirst()
        .orElse(suitable.get(0));
  }

  private void noteConflict(String id) {
    note(
        Kind.CONFLICT,
        id,
        "no one version of %s suits all who need it: %s; registered are %s"
            .formatted(id, demandsOf(id), versions(this.registry.versions(id))),
        id);
  }

  private String missing(String id, String range, WasmModuleDescriptor demander) {
    List<String> near =
        NearMatches.of(
            id, this.registry.list().stream().map(WasmModuleDescriptor::id).distinct().toList());
    return "%s needs %s %s, and no such module is registered%s"
        .formatted(
            demander,
            id,
            range,
            near.isEmpty() ? "" : " (did you mean '%s'?)".formatted(String.join("' or '", near)));
  }

  /**
   * @param what is noted once
   */
  private void note(Kind kind, String id, String detail, String what) {
    this.problems.put(kind + what, new WasmDependencyProblem(kind, id, detail));
  }

  private boolean suitsAll(WasmModuleDescriptor module) {
    return demands(module.id()).values().stream().allMatch(range -> suits(module, range));
  }

  private static boolean suits(WasmModuleDescriptor module, String range) {
    return VersionRanges.matcher(module.id(), range).test(module.semver());
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

  private static String versions(List<WasmModuleDescriptor> versions) {
    return versions.stream().map(WasmModuleDescriptor::version).collect(Collectors.joining(", "));
  }
}
