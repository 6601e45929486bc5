package io.github.wasmspring.autoconfigure.endpoint;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an operator can do to a module. */
enum WasmModuleAction {
  RELOAD((manager, shared, module) -> manager.reload(module), true),
  EVICT((manager, shared, module) -> manager.evict(module), false),
  WARM_UP((manager, shared, module) -> manager.warmUp(module), true),
  ENABLE((manager, shared, module) -> manager.enable(module), false),
  DISABLE((manager, shared, module) -> manager.disable(module), false),
  RELEASE((manager, shared, module) -> manager.release(module), false),
  CLEAR_CACHE(WasmModuleAction::forgetCode, false),
  RELEARN((manager, shared, module) -> manager.relearn(module), false);

  private interface Call {
    void make(WasmModuleManager manager, SharedResources shared, String module);
  }

  private final Call call;
  private final boolean loads;

  WasmModuleAction(Call call, boolean loads) {
    this.call = call;
    this.loads = loads;
  }

  /** Of a module that is not loaded nobody knows what its bytes are. */
  private static void forgetCode(WasmModuleManager manager, SharedResources shared, String module) {
    for (WasmModuleStatus version : manager.status(module)) {
      if (version.digest() != null) {
        shared.forgetCode(version.digest());
      }
    }
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

  void perform(WasmModuleManager manager, SharedResources shared, String module) {
    this.call.make(manager, shared, module);
  }
}
