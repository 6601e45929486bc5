package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmUnmetImport;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a module needs to start threads, by the convention of wasi-threads: it imports {@code wasi
 * thread-spawn}, exports {@code wasi_thread_start} and has a shared memory.
 */
final class ThreadImport {

  static final String MODULE = "wasi";
  static final String NAME = "thread-spawn";
  static final String START = "wasi_thread_start";
  static final WasmFunctionType TYPE =
      new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.I32));

  private static final WasmFunctionType START_TYPE =
      new WasmFunctionType(List.of(WasmValueType.I32, WasmValueType.I32), List.of());

  private ThreadImport() {}

  static boolean is(WasmImportedItem item) {
    return item.module().equals(MODULE) && item.name().equals(NAME) && TYPE.equals(item.type());
  }

  /** Whether the engine has to provide the function. */
  static boolean isWanted(
      List<WasmImportedItem> imports, Collection<? extends WasmProvidedImport> provided) {
    return imports.stream().anyMatch(ThreadImport::is)
        && provided.stream()
            .noneMatch(each -> each.module().equals(MODULE) && each.name().equals(NAME));
  }

  /**
   * @throws WasmLinkException if the module can't have threads, or may not
   */
  static void check(
      Map<String, WasmExportedFunction> exports, List<MemoryLimits> memories, Limits limits) {
    WasmExportedFunction start = exports.get(START);
    check(
        start == null ? null : start.type(),
        memories.size() == 1 && memories.get(0).shared(),
        limits);
  }

  /** The same before the module is parsed. */
  static void check(ModuleFacts module, Limits limits) {
    check(
        DeclaredTypes.export(module, START),
        module.memories().size() == 1 && module.memories().get(0).size().shared(),
        limits);
  }

  private static void check(
      @Nullable WasmFunctionType start, boolean hasOneSharedMemory, Limits limits) {
    if (!START_TYPE.equals(start)) {
      throw refused(
          "does not export %s %s, with which they begin".formatted(START, START_TYPE), null);
    }
    if (!hasOneSharedMemory) {
      throw refused("has no shared memory, or more than one memory", null);
    }
    if (limits.guestThreads() == 0) {
      throw refused(
          "may not have any",
          "set limits.guest-threads to how many an instance may have at a time besides its caller");
    }
  }

  private static WasmLinkException refused(String reason, @Nullable String remedy) {
    WasmImportedItem item = new WasmImportedItem(MODULE, NAME, "function", TYPE);
    return new WasmLinkException(
        "the module imports %s to start threads, and %s%s"
            .formatted(item.describe(), reason, remedy == null ? "" : "; " + remedy),
        List.of(new WasmUnmetImport(item, null, remedy)),
        List.of());
  }
}
