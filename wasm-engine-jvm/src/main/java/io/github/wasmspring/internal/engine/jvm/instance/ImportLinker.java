package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import io.github.wasmspring.internal.engine.MissingImports;
import io.github.wasmspring.internal.engine.ThreadImport;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Finds what a module imports among what the host provides. */
final class ImportLinker {

  private final GuestModule module;
  private final List<WasmImportedItem> imports;

  /** Of the last instance; code may outlive the application that gave it its functions. */
  private volatile WeakReference<LinkedImports> linked = new WeakReference<>(null);

  ImportLinker(GuestModule module) {
    this.module = module;
    this.imports = DeclaredTypes.imports(module.facts);
  }

  List<WasmImportedItem> imports() {
    return this.imports;
  }

  /** Without the function by which threads are started, which the engine has itself. */
  List<WasmImportedItem> hostImports() {
    return this.imports.stream().filter(item -> !ThreadImport.is(item)).toList();
  }

  /** Whether the module can start threads. */
  boolean importsThreads() {
    return this.imports.stream().anyMatch(ThreadImport::is);
  }

  boolean wantsThreads(Collection<? extends WasmProvidedImport> provided) {
    return ThreadImport.isWanted(this.imports, provided);
  }

  /**
   * @throws io.github.wasmspring.WasmLinkException if an import is missing or has another type, or
   *     if the module may not have threads
   */
  void check(Collection<? extends WasmProvidedImport> provided, Limits limits) {
    boolean threads = wantsThreads(provided);
    if (threads) {
      ThreadImport.check(this.module.facts, limits);
    }
    MissingImports.refuse(threads ? hostImports() : this.imports, provided, Map.of());
    new JvmLinkCheck(this.module, this.imports, threads).check(List.copyOf(provided));
  }

  /** The same for all instances that are given the same. */
  LinkedImports link(Collection<? extends WasmProvidedImport> provided, Limits limits) {
    List<? extends WasmProvidedImport> all = List.copyOf(provided);
    LinkedImports known = this.linked.get();
    if (known == null || !known.areFrom(all) || known.areLinked()) {
      check(all, limits);
      known = new LinkedImports(this.imports, all);
      this.linked = new WeakReference<>(known);
    }
    return known;
  }
}
