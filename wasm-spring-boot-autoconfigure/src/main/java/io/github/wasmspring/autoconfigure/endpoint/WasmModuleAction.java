package io.github.wasmspring.autoconfigure.endpoint;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.rollout.WasmRollout;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an operator can do to a module. */
enum WasmModuleAction {
  RELOAD(WasmModuleManager::reload, true),
  REFRESH(WasmModuleManager::refresh, true),
  EVICT(WasmModuleManager::evict, false),
  WARM_UP(WasmModuleManager::warmUp, true),
  CHECK(WasmModuleManager::check, false),
  ENABLE(WasmModuleManager::enable, false),
  DISABLE(WasmModuleManager::disable, false),
  RELEASE(WasmModuleManager::release, false),
  CLEAR_CACHE(WasmModuleAction::forgetCode, false),
  RELEARN(WasmModuleManager::relearn, false),
  PROMOTE(WasmModuleAction::promote, false),
  ROLLBACK(WasmModuleAction::rollBack, false);

  private interface Call {
    void make(WasmModuleManager manager, SharedResources shared, String module, String range);
  }

  /** Something that the manager does to a version of a module. */
  private interface ManagerCall {
    void make(WasmModuleManager manager, String module, String range);
  }

  private final Call call;
  private final boolean loads;

  WasmModuleAction(ManagerCall call, boolean loads) {
    this((manager, shared, module, range) -> call.make(manager, module, range), loads);
  }

  WasmModuleAction(Call call, boolean loads) {
    this.call = call;
    this.loads = loads;
  }

  /** Of all versions; of one that is not loaded nobody knows what its bytes are. */
  private static void forgetCode(
      WasmModuleManager manager, SharedResources shared, String module, String range) {
    for (WasmModuleStatus version : manager.status(module)) {
      if (version.digest() != null) {
        shared.forgetCode(version.digest());
      }
    }
  }

  private static void promote(WasmModuleManager manager, String module, String range) {
    rollout(manager, module, range).promote();
  }

  private static void rollBack(WasmModuleManager manager, String module, String range) {
    rollout(manager, module, range).rollBack("an operator rolled it back");
  }

  private static WasmRollout rollout(WasmModuleManager manager, String module, String range) {
    return manager
        .rollout(module, range)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No code of module '%s' is on trial: there is nothing to promote or to roll back"
                        .formatted(module)));
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

  /**
   * @param range of the versions of which the newest is meant
   */
  void perform(WasmModuleManager manager, SharedResources shared, String module, String range) {
    this.call.make(manager, shared, module, range);
  }
}
