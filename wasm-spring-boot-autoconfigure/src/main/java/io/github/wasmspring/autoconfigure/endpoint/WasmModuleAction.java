package io.github.wasmspring.autoconfigure.endpoint;

import io.github.wasmspring.client.WasmModuleManager;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What an operator can do to a module. */
enum WasmModuleAction {
  RELOAD(WasmModuleManager::reload, true),
  EVICT(WasmModuleManager::evict, false),
  WARM_UP(WasmModuleManager::warmUp, true),
  ENABLE(WasmModuleManager::enable, false),
  DISABLE(WasmModuleManager::disable, false);

  private final BiConsumer<WasmModuleManager, String> call;
  private final boolean loads;

  WasmModuleAction(BiConsumer<WasmModuleManager, String> call, boolean loads) {
    this.call = call;
    this.loads = loads;
  }

  /** {@code null} if there is none of that id. */
  static @Nullable WasmModuleAction of(String id) {
    return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst().orElse(null);
  }

  static List<String> ids() {
    return Arrays.stream(values()).map(WasmModuleAction::id).toList();
  }

  /** As requests name it, e.g. {@code warm-up}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean loads() {
    return this.loads;
  }

  void perform(WasmModuleManager manager, String module) {
    this.call.accept(manager, module);
  }
}
