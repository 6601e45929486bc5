package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.internal.engine.ThreadImport;
import io.github.wasmspring.module.WasmGlobalDefinition;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a module imports, found once among what its instances are given. */
final class LinkedImports {

  private final List<? extends WasmProvidedImport> provided;
  private final @Nullable HostFunction[] functions;
  private int threadSpawn = -1;
  private final WasmGlobalDefinition[] globals;

  /**
   * @param provided has all that is imported
   */
  LinkedImports(List<WasmImportedItem> imports, List<? extends WasmProvidedImport> provided) {
    this.provided = provided;
    List<@Nullable HostFunction> functions = new ArrayList<>();
    List<WasmGlobalDefinition> globals = new ArrayList<>();
    for (WasmImportedItem item : imports) {
      WasmProvidedImport found = find(item);
      if (found == null) {
        this.threadSpawn = functions.size();
        functions.add(null);
      } else if (found instanceof WasmImportDefinition function) {
        functions.add(new HostFunction(function));
      } else if (found instanceof WasmGlobalDefinition global) {
        globals.add(global);
      }
    }
    this.functions = functions.toArray(HostFunction[]::new);
    this.globals = globals.toArray(WasmGlobalDefinition[]::new);
  }

  /** {@code null} for what the engine has itself. */
  private @Nullable WasmProvidedImport find(WasmImportedItem item) {
    for (WasmProvidedImport each : this.provided) {
      if (each.meets(item)) {
        return each;
      }
    }
    if (ThreadImport.is(item)) {
      return null;
    }
    throw new IllegalStateException(item.describe() + " is not provided");
  }

  /** Whether it is the very same that was searched. */
  boolean areFrom(List<? extends WasmProvidedImport> other) {
    return this.provided == other;
  }

  /**
   * @param index among the functions of the module
   */
  HostFunction function(int index) {
    return Objects.requireNonNull(this.functions[index]);
  }

  /** Whether it is the function by which a guest starts threads, which the engine has itself. */
  boolean startsThreads(int index) {
    return index == this.threadSpawn;
  }

  /** In the order of the module's globals. */
  WasmGlobalDefinition[] globals() {
    return this.globals;
  }
}
