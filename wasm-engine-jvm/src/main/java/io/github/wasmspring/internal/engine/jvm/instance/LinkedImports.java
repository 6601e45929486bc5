package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.internal.engine.ThreadImport;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a module imports, found once among what its instances are given. */
final class LinkedImports {

  private final List<? extends WasmProvidedImport> provided;
  private final Map<WasmExternalKind, List<@Nullable WasmProvidedImport>> byKind =
      new EnumMap<>(WasmExternalKind.class);
  private final @Nullable ImportedFunction[] functions;
  private final boolean isLinked;
  private final boolean sharesState;
  private final boolean linksMutableGlobals;

  /**
   * @param provided has all that is imported
   */
  LinkedImports(List<WasmImportedItem> imports, List<? extends WasmProvidedImport> provided) {
    this.provided = provided;
    for (WasmExternalKind kind : WasmExternalKind.values()) {
      this.byKind.put(kind, new ArrayList<>());
    }
    boolean linked = false;
    boolean state = false;
    boolean globals = false;
    for (WasmImportedItem item : imports) {
      WasmProvidedImport found = find(item, provided);
      of(WasmExternalKind.of(item)).add(found);
      JvmExternal external = external(found);
      linked |= external != null;
      state |= external != null && external.isState();
      globals |= external != null && external.isMutableGlobal();
    }
    this.isLinked = linked;
    this.sharesState = state;
    this.linksMutableGlobals = globals;
    this.functions =
        of(WasmExternalKind.FUNCTION).stream()
            .map(LinkedImports::function)
            .toArray(ImportedFunction[]::new);
  }

  private List<@Nullable WasmProvidedImport> of(WasmExternalKind kind) {
    return Objects.requireNonNull(this.byKind.get(kind));
  }

  /** {@code null} for what the engine has itself. */
  static @Nullable WasmProvidedImport find(
      WasmImportedItem item, List<? extends WasmProvidedImport> provided) {
    for (WasmProvidedImport each : provided) {
      if (each.meets(item)) {
        return each;
      }
    }
    if (ThreadImport.is(item)) {
      return null;
    }
    throw new IllegalStateException(item.describe() + " is not provided");
  }

  private static @Nullable ImportedFunction function(@Nullable WasmProvidedImport found) {
    JvmExternal external = external(found);
    if (external != null) {
      return new LinkedFunction(new FunctionAddress(external.instance(), external.index()));
    }
    return found instanceof WasmImportDefinition function ? new HostFunction(function) : null;
  }

  private static @Nullable JvmExternal external(@Nullable WasmProvidedImport found) {
    return found instanceof WasmLinkedImport linked && linked.value() instanceof JvmExternal value
        ? value
        : null;
  }

  /** Whether it is the very same that was searched. */
  boolean areFrom(List<? extends WasmProvidedImport> other) {
    return this.provided == other;
  }

  /**
   * @param index among the functions of the module
   */
  ImportedFunction function(int index) {
    return Objects.requireNonNull(this.functions[index]);
  }

  /** Whether a function is one of another instance. */
  boolean isLinked(int index) {
    return this.functions[index] instanceof LinkedFunction;
  }

  /** Whether it is the function by which a guest starts threads, which the engine has itself. */
  boolean startsThreads(int index) {
    return this.functions[index] == null;
  }

  /** In the order of the module's globals. */
  List<@Nullable WasmProvidedImport> globals() {
    return of(WasmExternalKind.GLOBAL);
  }

  /**
   * What another instance has given.
   *
   * @param index among those of the kind
   * @return {@code null} if it is not imported from one
   */
  @Nullable JvmExternal linked(WasmExternalKind kind, int index) {
    List<@Nullable WasmProvidedImport> imported = of(kind);
    return index < imported.size() ? external(imported.get(index)) : null;
  }

  /** How many of a kind are imported. */
  int count(WasmExternalKind kind) {
    return of(kind).size();
  }

  /** Whether another instance has given any of them. */
  boolean areLinked() {
    return this.isLinked;
  }

  /** Whether others can change what the instance has, and see what it changes. */
  boolean shareState() {
    return this.sharesState;
  }

  /** Whether other instances have globals that the code can set. */
  boolean linkMutableGlobals() {
    return this.linksMutableGlobals;
  }
}
