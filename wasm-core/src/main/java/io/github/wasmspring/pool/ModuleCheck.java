package io.github.wasmspring.pool;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.FeatureGate;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmImportedItem;
import io.github.wasmspring.feature.ModuleFacts;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses what can't become an instance before a parser or compiler spends time on it. */
final class ModuleCheck {

  private ModuleCheck() {}

  /**
   * What is damaged or not known is left to the engine.
   *
   * @return what the module is given, {@code null} if what it imports is not known
   * @throws WasmException if exports, memories, tables or imports are not as they have to be
   */
  static @Nullable Collection<WasmProvidedImport> beforeCompiling(
      WasmModuleDescriptor module,
      WasmBinary binary,
      WasmEngine engine,
      WasmHostFunctionLibrary library) {
    ModuleFacts facts = ModuleFacts.of(binary.bytes());
    if (facts == null) {
      return null;
    }
    if (facts.exportFault() != null) {
      throw new WasmLoadException(
          WasmErrorCategory.INVALID, "the module is not valid: " + facts.exportFault(), null);
    }
    List<WasmImportedItem> imports = facts.imports().stream().map(WasmImportedItem::of).toList();
    try {
      Collection<WasmProvidedImport> provided =
          ModuleImports.of(module, engine.hostImports(imports), library);
      engine.check(facts, provided, module.settings().limits());
      return provided;
    } catch (WasmLinkException unlinkable) {
      throw withFeatures(unlinkable, module, binary, engine);
    }
  }

  /** Whoever mends the imports is to know whether that will be enough. */
  private static WasmException withFeatures(
      WasmLinkException unlinkable,
      WasmModuleDescriptor module,
      WasmBinary binary,
      WasmEngine engine) {
    String more = FeatureGate.reason(engine, module.settings().engineMode(), binary.bytes());
    return more == null
        ? unlinkable
        : new WasmLinkException(
            unlinkable.detail() + "; besides, " + more,
            unlinkable.missing(),
            unlinkable.mistyped(),
            unlinkable.available(),
            unlinkable.remedies());
  }
}
