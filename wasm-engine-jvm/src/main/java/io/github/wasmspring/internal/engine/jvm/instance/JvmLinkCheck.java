package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleImport;
import io.github.wasmspring.internal.engine.ExternalTypeMatching;
import io.github.wasmspring.internal.engine.FunctionTypes;
import io.github.wasmspring.internal.engine.LinkRefusals;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Whether a module can be given what other instances have for what it imports. */
final class JvmLinkCheck {

  private static final String NO_EXCEPTIONS =
      "references to exceptions can't get from one instance to another; keep them in the functions that catch them";

  private final GuestModule module;
  private final List<WasmImportedItem> imports;
  private final boolean startsThreads;
  private final Map<FunctionTypes, ExternalTypeMatching> matchings = new IdentityHashMap<>();

  /** The tags that other instances have, and by which identity the module knows them. */
  private final Map<TagAddress, Integer> identities = new HashMap<>();

  /**
   * @param imports in the order of the module
   * @param startsThreads whether instances may start threads
   */
  JvmLinkCheck(GuestModule module, List<WasmImportedItem> imports, boolean startsThreads) {
    this.module = module;
    this.imports = imports;
    this.startsThreads = startsThreads;
  }

  /**
   * @param provided has all that is imported, of the right kind
   * @throws WasmLinkException if something has another type, or is what the engine can't link
   */
  void check(List<? extends WasmProvidedImport> provided) {
    if (provided.stream().noneMatch(WasmLinkedImport.class::isInstance)) {
      return;
    }
    int tags = 0;
    for (int i = 0; i < this.imports.size(); i++) {
      WasmImportedItem item = this.imports.get(i);
      ModuleImport declared = this.module.facts.imports().get(i);
      if (LinkedImports.find(item, provided) instanceof WasmLinkedImport linked) {
        JvmExternal external = check(item, declared.type(), linked);
        if (declared.type() instanceof ExternalType.Tag) {
          checkTag(item, linked, external, tags);
        }
      }
      tags += declared.type() instanceof ExternalType.Tag ? 1 : 0;
    }
  }

  private JvmExternal check(WasmImportedItem item, ExternalType wanted, WasmLinkedImport linked) {
    if (!(linked.value() instanceof JvmExternal external)) {
      throw LinkRefusals.otherEngine(item, linked, JvmCode.ENGINE);
    }
    if (external.instance().isClosed()) {
      throw LinkRefusals.impossible(
          item, linked, "that was closed; keep it open for as long as others import from it");
    }
    if (this.startsThreads) {
      throw LinkRefusals.impossible(
          item,
          linked,
          "it starts threads, each with an instance of its own; only modules without threads can be linked with each other");
    }
    if (!matching(external).matches(external.type(), wanted)) {
      throw LinkRefusals.otherType(item, wanted, linked);
    }
    if (holdsExceptions(external)) {
      throw LinkRefusals.impossible(item, linked, NO_EXCEPTIONS);
    }
    return external;
  }

  private ExternalTypeMatching matching(JvmExternal external) {
    return this.matchings.computeIfAbsent(
        external.instance().module().types,
        given -> new ExternalTypeMatching(given, this.module.types));
  }

  private static boolean holdsExceptions(JvmExternal external) {
    if (external.declared() instanceof ExternalType.Global global) {
      return GuestModule.type(global.value()) == FunctionSignature.EXNREF;
    }
    return external.declared() instanceof ExternalType.Function
        && !LinkedFunction.isPossible(external.instance().module().signatureOf(external.index()));
  }

  /** Code tells tags apart by their names, which may be those of one tag. */
  private void checkTag(
      WasmImportedItem item, WasmLinkedImport linked, JvmExternal external, int tag) {
    int identity = this.module.tags.identity(tag);
    Integer other =
        this.identities.putIfAbsent(external.instance().tagAddress(external.index()), identity);
    if (other != null && other != identity) {
      throw LinkRefusals.impossible(
          item,
          linked,
          "has been given the same tag under another name, too, which this engine takes for another tag; import it once");
    }
  }
}
