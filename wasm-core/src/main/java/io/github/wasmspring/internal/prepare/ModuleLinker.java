package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmUnmetImport;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleExport;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import io.github.wasmspring.internal.engine.ExternalTypeMatching;
import io.github.wasmspring.internal.engine.ExternalTypes;
import io.github.wasmspring.internal.engine.FunctionTypes;
import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.internal.module.NearMatches;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a module imports from the modules that it depends on. What it imports from a module
 * name that is the id of a dependency, or that is linked with one, comes from there; nothing comes
 * from a module that is not declared.
 */
final class ModuleLinker {

  /** More names tell nobody anything, and comparing takes the square of their length. */
  private static final int NAMES = 8;

  private static final int COMPARED_NAMES = 1_000;
  private static final int LONGEST_NAME = 100;

  private final WasmModuleRegistry registry;
  private final WasmEngine engine;

  /** Gets a module ready for others to import from it. */
  interface Loader {

    /**
     * @param linker links what it imports in turn
     */
    LinkedModule load(WasmModuleDescriptor module, Linking linker);
  }

  /** Links one module after another, each once. */
  interface Linking {

    ModuleLinks link(WasmModuleDescriptor module, ModuleFacts facts);
  }

  ModuleLinker(WasmModuleRegistry registry, WasmEngine engine) {
    this.registry = registry;
    this.engine = engine;
  }

  /**
   * Links a module and all modules that it imports from.
   *
   * @throws WasmException if a dependency is missing, or can't be loaded
   */
  Linking begin(WasmModuleDescriptor module, Loader loader) {
    Map<String, WasmModuleDescriptor> resolved = new HashMap<>();
    if (!module.dependencies().isEmpty()) {
      this.registry.resolve(module).forEach(each -> resolved.put(each.id(), each));
    }
    return new Search(resolved, loader);
  }

  private final class Search implements Linking {

    private final Map<String, WasmModuleDescriptor> resolved;
    private final Loader loader;
    private final Map<String, LinkedModule> loaded = new HashMap<>();

    Search(Map<String, WasmModuleDescriptor> resolved, Loader loader) {
      this.resolved = resolved;
      this.loader = loader;
    }

    @Override
    public ModuleLinks link(WasmModuleDescriptor module, ModuleFacts facts) {
      List<ModuleLinks.Link> links = new ArrayList<>();
      Map<WasmImportedItem, WasmUnmetImport> unmet = new LinkedHashMap<>();
      Map<WasmImportedItem, String> remedies = new LinkedHashMap<>();
      List<WasmImportedItem> items = DeclaredTypes.imports(facts);
      FunctionTypes wanted = items.isEmpty() ? null : new FunctionTypes(facts);
      for (int i = 0; i < items.size() && wanted != null; i++) {
        WasmImportedItem item = items.get(i);
        if (ModuleImports.isWrittenFor(module, item)) {
          continue;
        }
        String id = source(module, item);
        if (id == null) {
          undeclared(module, item, remedies);
          continue;
        }
        LinkedModule from = exporter(id, module);
        ModuleExport export = find(from.facts(), item.name());
        if (export == null) {
          remedies.put(item, notExported(from, item));
        } else {
          WasmUnmetImport refused =
              refusal(module, item, facts.imports().get(i).type(), wanted, from, export.type());
          if (refused == null) {
            links.add(new ModuleLinks.Link(item, from, export.type()));
          } else {
            unmet.put(item, refused);
          }
        }
      }
      return new ModuleLinks(links, unmet, remedies);
    }

    private LinkedModule exporter(String id, WasmModuleDescriptor importer) {
      LinkedModule known = this.loaded.get(id);
      if (known != null) {
        return known;
      }
      WasmModuleDescriptor module = this.resolved.get(id);
      if (module == null) {
        throw new IllegalStateException(id + " was not resolved");
      }
      try {
        LinkedModule made = this.loader.load(module, this);
        this.loaded.put(id, made);
        return made;
      } catch (WasmException failure) {
        WasmException located = failure.locate(WasmErrorContext.of(module.id(), module.version()));
        // Else it is one of a module that this one imports from, and knows by whom that is wanted.
        throw module.id().equals(located.module())
            ? located.advise("the module %s imports from it".formatted(importer))
            : located;
      }
    }
  }

  private static @Nullable String source(WasmModuleDescriptor module, WasmImportedItem item) {
    String linked = module.links().get(item.module());
    if (linked != null) {
      return linked;
    }
    return module.dependencies().containsKey(item.module()) ? item.module() : null;
  }

  private static @Nullable ModuleExport find(ModuleFacts facts, String name) {
    for (ModuleExport export : facts.exports()) {
      if (export.name().equals(name)) {
        return export;
      }
    }
    return null;
  }

  /** Somebody may have forgotten to say that it is wanted. */
  private void undeclared(
      WasmModuleDescriptor module, WasmImportedItem item, Map<WasmImportedItem, String> remedies) {
    List<WasmModuleDescriptor> versions =
        item.module().equals(module.id()) ? List.of() : this.registry.versions(item.module());
    if (!versions.isEmpty()) {
      remedies.put(
          item,
          "there is a module '%s', but nothing comes from a module that is not declared; if it is meant, set %s to a range of its versions, such as ^%s"
              .formatted(
                  item.module(),
                  ModuleProperty.of(module.id(), "dependencies." + item.module()),
                  versions.get(0).version()));
    }
  }

  private static String notExported(LinkedModule from, WasmImportedItem item) {
    List<String> names =
        from.facts().exports().stream()
            .map(ModuleExport::name)
            .filter(name -> name.length() <= LONGEST_NAME)
            .limit(COMPARED_NAMES)
            .toList();
    List<String> near =
        item.name().length() > LONGEST_NAME ? List.of() : NearMatches.of(item.name(), names);
    String hint =
        !near.isEmpty()
            ? "did you mean '%s'?".formatted(String.join("' or '", near))
            : names.isEmpty()
                ? "it exports nothing"
                : "it exports "
                    + names.stream().limit(NAMES).collect(Collectors.joining(", "))
                    + (names.size() > NAMES ? ", …" : "");
    return "the module %s, which it depends on, exports nothing of that name; %s"
        .formatted(from.name(), hint);
  }

  private @Nullable WasmUnmetImport refusal(
      WasmModuleDescriptor module,
      WasmImportedItem item,
      ExternalType wanted,
      FunctionTypes wantedTypes,
      LinkedModule from,
      ExternalType given) {
    String shown = "%s of the module %s".formatted(ExternalTypes.describe(given), from.name());
    if (!new ExternalTypeMatching(from.types(), wantedTypes).matches(given, wanted)) {
      return new WasmUnmetImport(
          item,
          shown,
          "it needs %s, so build one of the two modules anew, or take another version (%s)"
              .formatted(
                  ExternalTypes.describe(wanted),
                  ModuleProperty.of(module.id(), "dependencies." + from.descriptor().id())));
    }
    WasmExternalKind kind = ExternalTypes.kind(given);
    if (!this.engine.linkable().contains(kind)) {
      return new WasmUnmetImport(
          item,
          shown,
          "the engine %s links no %s of one module with another; use an engine that does, such as jvm (wasm.engine.name)"
              .formatted(this.engine.name(), kind));
    }
    return null;
  }
}
