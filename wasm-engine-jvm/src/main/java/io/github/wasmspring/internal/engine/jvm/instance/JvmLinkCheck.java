package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.FunctionType;
import io.github.wasmspring.binary.ModuleImport;
import io.github.wasmspring.binary.ValueType;
import io.github.wasmspring.internal.engine.ExpectedExternal;
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
import java.util.stream.Stream;

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
        check(item, declared.type(), linked, tags);
      }
      tags += declared.type() instanceof ExternalType.Tag ? 1 : 0;
    }
  }

  private void check(WasmImportedItem item, ExternalType wanted, WasmLinkedImport linked, int tag) {
    if (linked.value() instanceof ExpectedExternal expected) {
      check(item, wanted, linked, expected.types(), expected.type());
    } else if (linked.value() instanceof JvmExternal external) {
      if (external.instance().isClosed()) {
        throw LinkRefusals.impossible(
            item, linked, "that was closed; keep it open for as long as others import from it");
      }
      check(item, wanted, linked, external.instance().module().types, external.type());
      if (wanted instanceof ExternalType.Tag) {
        checkTag(item, linked, external, tag);
      }
    } else {
      throw LinkRefusals.otherEngine(item, linked, JvmCode.ENGINE);
    }
  }

  /**
   * @param type of what is exported, with the size that it has now
   */
  private void check(
      WasmImportedItem item,
      ExternalType wanted,
      WasmLinkedImport linked,
      FunctionTypes types,
      ExternalType type) {
    if (this.startsThreads) {
      throw LinkRefusals.impossible(
          item,
          linked,
          "it starts threads, each with an instance of its own; only modules without threads can be linked with each other");
    }
    if (!matching(types).matches(type, wanted)) {
      throw LinkRefusals.otherType(item, wanted, linked);
    }
    if (holdsExceptions(type)) {
      throw LinkRefusals.impossible(item, linked, NO_EXCEPTIONS);
    }
  }

  private ExternalTypeMatching matching(FunctionTypes types) {
    return this.matchings.computeIfAbsent(
        types, given -> new ExternalTypeMatching(given, this.module.types));
  }

  private static boolean holdsExceptions(ExternalType type) {
    if (type instanceof ExternalType.Global global) {
      return isException(global.value());
    }
    FunctionType signature =
        type instanceof ExternalType.Function function ? function.signature() : null;
    return signature != null
        && Stream.concat(signature.parameters().stream(), signature.results().stream())
            .anyMatch(JvmLinkCheck::isException);
  }

  private static boolean isException(ValueType type) {
    return GuestModule.type(type) == FunctionSignature.EXNREF;
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
