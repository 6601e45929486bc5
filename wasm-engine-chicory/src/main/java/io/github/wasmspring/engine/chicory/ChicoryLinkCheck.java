package io.github.wasmspring.engine.chicory;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.FunctionType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.ValueType;
import io.github.wasmspring.internal.engine.ExpectedExternal;
import io.github.wasmspring.internal.engine.ExternalTypeMatching;
import io.github.wasmspring.internal.engine.FunctionTypes;
import io.github.wasmspring.internal.engine.LinkRefusals;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a module can be given what other instances have for what it imports. */
final class ChicoryLinkCheck {

  private static final String TAGS =
      "the engine chicory tells tags that are imported apart by their types only, so that it would catch what another instance throws with another tag";

  private static final String USE_JVM = "; use the engine jvm";

  private static final List<ValueType> NUMBERS =
      List.of(ValueType.I32, ValueType.I64, ValueType.F32, ValueType.F64, ValueType.EXTERNREF);

  private final List<WasmImportedItem> imports;
  private final @Nullable ModuleFacts facts;
  private final @Nullable FunctionTypes types;
  private final boolean startsThreads;

  /**
   * @param imports in the order of the module
   * @param facts {@code null} if only the classes of the module are there
   * @param types those of the module, likewise
   * @param startsThreads whether instances may start threads
   */
  ChicoryLinkCheck(
      List<WasmImportedItem> imports,
      @Nullable ModuleFacts facts,
      @Nullable FunctionTypes types,
      boolean startsThreads) {
    this.imports = imports;
    this.facts = facts;
    this.types = types;
    this.startsThreads = startsThreads;
  }

  /**
   * @throws WasmLinkException if something has another type, or is what the engine can't link
   */
  void check(Collection<? extends WasmProvidedImport> provided) {
    for (int i = 0; i < this.imports.size(); i++) {
      WasmImportedItem item = this.imports.get(i);
      WasmProvidedImport found =
          provided.stream().filter(each -> each.meets(item)).findFirst().orElse(null);
      if (found instanceof WasmLinkedImport linked) {
        check(item, i, linked);
      }
    }
  }

  private void check(WasmImportedItem item, int index, WasmLinkedImport linked) {
    if (linked.value() instanceof ExpectedExternal expected) {
      check(item, index, linked, expected.types(), expected.type());
    } else if (linked.value() instanceof ChicoryExternal external) {
      if (external.instance().isClosed()) {
        throw LinkRefusals.impossible(
            item, linked, "that was closed; keep it open for as long as others import from it");
      }
      check(item, index, linked, external.types(), external.type());
    } else {
      throw LinkRefusals.otherEngine(item, linked, ChicoryEngine.NAME);
    }
  }

  /**
   * @param type of what is exported, with the size that it has now
   */
  private void check(
      WasmImportedItem item,
      int index,
      WasmLinkedImport linked,
      FunctionTypes given,
      ExternalType type) {
    if (this.facts == null || this.types == null) {
      throw LinkRefusals.impossible(
          item,
          linked,
          "its classes were made in the build, which do not say all that it imports; give the module a location instead");
    }
    if (this.startsThreads) {
      throw LinkRefusals.impossible(
          item,
          linked,
          "it starts threads, each with an instance of its own; only modules without threads can be linked with each other");
    }
    ExternalType wanted = this.facts.imports().get(index).type();
    if (!new ExternalTypeMatching(given, this.types).matches(type, wanted)) {
      throw LinkRefusals.otherType(item, wanted, linked);
    }
    String reason = importsTags() ? TAGS : reason(wanted);
    if (reason != null) {
      throw LinkRefusals.impossible(item, linked, reason + USE_JVM);
    }
  }

  private boolean importsTags() {
    return this.imports.stream().anyMatch(item -> item.kind().equals("tag"));
  }

  /** Why the engine can't link what is of a type, {@code null} if it can. */
  static @Nullable String reason(ExternalType type) {
    if (type instanceof ExternalType.Table) {
      return "the engine chicory can't link tables, for it knows functions of several instances apart only where they are called";
    } else if (type instanceof ExternalType.Memory memory) {
      return memory.size().shared() ? "the engine chicory can't link shared memories" : null;
    } else if (type instanceof ExternalType.Global global) {
      return isNumber(global.value()) ? null : references("global");
    } else if (type instanceof ExternalType.Function function) {
      return areNumbers(function.signature()) ? null : references("function");
    }
    return TAGS;
  }

  private static String references(String kind) {
    return "the engine chicory can't hand references on from one instance to another, which the %s has"
        .formatted(kind);
  }

  private static boolean areNumbers(@Nullable FunctionType type) {
    return type != null
        && type.parameters().stream().allMatch(ChicoryLinkCheck::isNumber)
        && type.results().stream().allMatch(ChicoryLinkCheck::isNumber);
  }

  private static boolean isNumber(ValueType type) {
    return NUMBERS.contains(type);
  }
}
