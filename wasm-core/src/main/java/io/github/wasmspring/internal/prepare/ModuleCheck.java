package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import io.github.wasmspring.internal.engine.FeatureGate;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.Collection;
import java.util.List;

/** Refuses what can't become an instance before a parser or compiler spends time on it. */
final class ModuleCheck {

  private ModuleCheck() {}

  /**
   * @return what the module is given
   * @throws WasmException if the bytes are no module, or if exports, memories, tables or imports
   *     are not as they have to be
   */
  static Collection<WasmProvidedImport> beforeCompiling(
      WasmModuleDescriptor module,
      WasmBinary binary,
      WasmEngine engine,
      WasmHostFunctionLibrary library,
      ModuleLinks links) {
    ModuleFacts facts = binary.facts();
    checkFunctions(facts, module.settings().limits().functions());
    List<WasmImportedItem> imports = DeclaredTypes.imports(facts);
    try {
      Collection<WasmProvidedImport> provided =
          ModuleImports.of(module, engine.hostImports(imports), library, links);
      engine.check(facts, provided, module.settings().limits());
      return provided;
    } catch (WasmLinkException unlinkable) {
      throw withFeatures(unlinkable, module, binary, engine);
    }
  }

  /** A parser makes objects of each. */
  private static void checkFunctions(ModuleFacts facts, long most) {
    if (facts.definedFunctionCount() > most) {
      throw new WasmLoadException(
          WasmErrorCategory.INVALID,
          "the module defines %d functions, and %d are allowed; raise limits.functions"
              .formatted(facts.definedFunctionCount(), most),
          null);
    }
  }

  /** Whoever mends the imports is to know whether that will be enough. */
  private static WasmException withFeatures(
      WasmLinkException unlinkable,
      WasmModuleDescriptor module,
      WasmBinary binary,
      WasmEngine engine) {
    String more =
        FeatureGate.reason(engine, module.settings().engineMode(), binary.facts().features());
    return more == null ? unlinkable : unlinkable.besides(more);
  }
}
