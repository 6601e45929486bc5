package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmUnmetImport;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a module needs to start threads, by the convention of wasi-threads: it imports {@code wasi
 * thread-spawn}, exports {@code wasi_thread_start} and has a shared memory.
 */
public final class ThreadImport {

  public static final String MODULE = "wasi";
  public static final String NAME = "thread-spawn";
  public static final String START = "wasi_thread_start";
  public static final WasmFunctionType TYPE =
      new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.I32));

  private static final WasmFunctionType START_TYPE =
      new WasmFunctionType(List.of(WasmValueType.I32, WasmValueType.I32), List.of());

  private ThreadImport() {}

  public static boolean is(WasmImportedItem item) {
    return item.module().equals(MODULE) && item.name().equals(NAME) && TYPE.equals(item.type());
  }

  /** Whether the engine has to provide the function. */
  public static boolean isWanted(
      List<WasmImportedItem> imports, Collection<? extends WasmProvidedImport> provided) {
    return imports.stream().anyMatch(ThreadImport::is)
        && provided.stream()
            .noneMatch(each -> each.module().equals(MODULE) && each.name().equals(NAME));
  }

  /**
   * @throws WasmLinkException if the module can't have threads, or may not
   */
  public static void check(ModuleFacts module, Limits limits) {
    check(
        DeclaredTypes.export(module, START),
        module.memories().size() == 1 && module.memories().get(0).size().shared(),
        limits);
  }

  /**
   * The same for a module whose bytes are not there.
   *
   * @param start the type of what it exports as {@link #START}, {@code null} for nothing
   */
  public static void check(
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
