package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.internal.engine.FunctionTypes;
import io.github.wasmspring.internal.engine.ThreadImport;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.load.WasmModuleLoader;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.Collection;
import java.util.List;

/** Loads modules for those that import from them. */
final class LinkableModules {

  private final WasmModuleLoader loader;
  private final WasmEngine engine;
  private final BuiltCode builtCode;
  private final FirstCode firstCode;
  private final WasmHostFunctionLibrary hostFunctions;

  LinkableModules(
      WasmModuleLoader loader,
      WasmEngine engine,
      BuiltCode builtCode,
      FirstCode firstCode,
      WasmHostFunctionLibrary hostFunctions) {
    this.loader = loader;
    this.engine = engine;
    this.builtCode = builtCode;
    this.firstCode = firstCode;
    this.hostFunctions = hostFunctions;
  }

  /**
   * A module that others import from.
   *
   * @param codes of the module that is loaded, and which its instances are for
   * @param linking links what it imports in turn
   */
  LinkedModule load(
      CodeUsers.Load codes, WasmModuleDescriptor module, ModuleLinker.Linking linking) {
    WasmCode built = this.builtCode.of(module, codes, true);
    ModuleFacts facts = built == null ? null : built.facts();
    if (built != null && facts != null) {
      ModuleLinks links = linking.link(module, facts);
      Collection<WasmProvidedImport> imports =
          ModuleImports.of(module, built.hostImports(), this.hostFunctions, links);
      return linkable(module, facts, built, new Provenance(module.digest(), null), imports, links);
    }
    WasmBinary binary = this.loader.load(module);
    codes.use(binary.digest());
    ModuleLinks links = linking.link(module, binary.facts());
    Collection<WasmProvidedImport> imports =
        ModuleCheck.beforeCompiling(module, binary, this.engine, this.hostFunctions, links);
    WasmCode code = this.firstCode.forImporters(module, binary);
    return linkable(module, binary.facts(), code, Provenance.of(binary), imports, links);
  }

  private static LinkedModule linkable(
      WasmModuleDescriptor module,
      ModuleFacts facts,
      WasmCode code,
      Provenance provenance,
      Collection<WasmProvidedImport> imports,
      ModuleLinks links) {
    if (ThreadImport.isWanted(code.imports(), imports)) {
      throw new WasmLinkException(
          "the module starts threads, each with an instance of its own, so that no other one can import from it; build it without threads",
          List.of(),
          List.of());
    }
    code.check(imports, module.settings().limits());
    return new LinkedModule(
        module, facts, new FunctionTypes(facts), code, provenance, imports, links);
  }
}
