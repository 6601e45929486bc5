package io.github.wasmspring.real;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.module.WasmNewImport;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What modules of a script import from each other, and from the host. */
final class SpecificationLinks {

  static final String LINKED = "imports from another module what the engine can't link";

  /** What modules can import of a name; there are several for the host only. */
  private final Map<String, List<WasmInstance>> exporters = new HashMap<>();

  /** Why there is nothing of a name. */
  private final Map<String, String> causes = new HashMap<>();

  void addHost(WasmInstance instance) {
    this.exporters.computeIfAbsent(SpecificationHost.NAME, name -> new ArrayList<>()).add(instance);
  }

  /**
   * @param instance {@code null} if there is none
   * @param cause why not
   */
  void register(String name, @Nullable WasmInstance instance, @Nullable String cause) {
    this.exporters.remove(name);
    this.causes.remove(name);
    if (instance != null) {
      this.exporters.put(name, List.of(instance));
    } else {
      this.causes.put(name, Objects.requireNonNull(cause));
    }
  }

  /**
   * Why an instance can't be given what it imports although the suite has it.
   *
   * @return {@code null} if it can
   */
  @Nullable String missing(WasmCode importer) {
    return importer.imports().stream()
        .map(this::missing)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private @Nullable String missing(WasmImportedItem item) {
    for (WasmInstance exporter : this.exporters.getOrDefault(item.module(), List.of())) {
      try {
        exporter.external(item.name());
      } catch (UnsupportedOperationException impossible) {
        return isMade(item) ? null : LINKED;
      } catch (NoSuchElementException none) {
        continue;
      }
    }
    return this.causes.get(item.module());
  }

  /** Whether others may import from an instance, or it from others. */
  boolean concern(WasmCode code, WasmInstance instance) {
    return this.exporters.values().stream().anyMatch(all -> all.contains(instance))
        || code.imports().stream()
            .anyMatch(
                item ->
                    !item.module().equals(SpecificationHost.NAME)
                        && this.exporters.containsKey(item.module()));
  }

  /** Whether an engine that can't link the host's table can make it as the module says. */
  private static boolean isMade(WasmImportedItem item) {
    return item.module().equals(SpecificationHost.NAME) && item.kind().equals("table");
  }

  /** Whether an instance gets a table as it asks for it, where the suite's host has another one. */
  boolean makesTable(WasmCode importer) {
    return imports(importer).stream().anyMatch(WasmNewImport.class::isInstance);
  }

  /**
   * What instances of a module are given; what nobody exports is left out, so that there are none.
   */
  List<WasmProvidedImport> imports(WasmCode importer) {
    List<WasmProvidedImport> provided = new ArrayList<>();
    for (WasmImportedItem item : importer.imports()) {
      for (WasmInstance exporter : this.exporters.getOrDefault(item.module(), List.of())) {
        try {
          provided.add(
              new WasmLinkedImport(item.module(), item.name(), exporter.external(item.name())));
        } catch (UnsupportedOperationException impossible) {
          provided.add(new WasmNewImport(item.module(), item.name(), "table"));
        } catch (NoSuchElementException none) {
          continue;
        }
      }
    }
    return provided;
  }
}
