package io.github.wasmspring.dashboard.web;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.dashboard.view.DashboardSources;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an operator can do to a version of a module. */
enum ModuleAction {
  RELOAD(
      "Load again",
      "Loads the module again. Calls under way end on the old code; if the new can't be loaded, the old stays.",
      false,
      true,
      done(WasmModuleManager::reload, "was loaded again")),
  REFRESH(
      "Update",
      "Loads the module again if its bytes have changed where it comes from.",
      false,
      true,
      ModuleAction::refresh),
  WARM_UP(
      "Warm up",
      "Loads the module and makes the instances that are kept ready.",
      false,
      true,
      done(WasmModuleManager::warmUp, "is warm")),
  RELEASE(
      "Release",
      "Ends the quarantine of all its operations: the next call of each is made.",
      false,
      false,
      done(WasmModuleManager::release, "has no operation in quarantine any more")),
  RELEARN(
      "Measure anew",
      "Forgets what adaptive execution has measured of it.",
      false,
      false,
      done(WasmModuleManager::relearn, "is measured anew")),
  CLEAR_CACHE(
      "Forget compiled code",
      "Forgets its compiled code, in memory and on disk. What runs goes on; the next load compiles.",
      false,
      false,
      ModuleAction::forgetCode),
  EVICT(
      "Unload",
      "Lets go of its code and instances. The next call loads it again, and waits for that.",
      true,
      false,
      done(WasmModuleManager::evict, "was unloaded")),
  DISABLE(
      "Switch off",
      "Its Java fallbacks answer from now on; calls without one are rejected.",
      true,
      false,
      done(WasmModuleManager::disable, "is switched off")),
  ENABLE(
      "Switch on",
      "The module answers again.",
      false,
      false,
      done(WasmModuleManager::enable, "is switched on"));

  /** Does it, and says what was done, to be read after the name of the module. */
  private interface Call {
    String make(DashboardSources sources, String module, String version);
  }

  private interface ManagerCall {
    void make(WasmModuleManager manager, String module, String version);
  }

  private final String title;
  private final String description;
  private final boolean danger;
  private final boolean loads;
  private final Call call;

  ModuleAction(String title, String description, boolean danger, boolean loads, Call call) {
    this.title = title;
    this.description = description;
    this.danger = danger;
    this.loads = loads;
    this.call = call;
  }

  private static Call done(ManagerCall call, String message) {
    return (sources, module, version) -> {
      call.make(sources.manager(), module, version);
      return message;
    };
  }

  private static String refresh(DashboardSources sources, String module, String version) {
    return sources.manager().refresh(module, version)
        ? "has changed, and was loaded again"
        : "has not changed";
  }

  private static String forgetCode(DashboardSources sources, String module, String version) {
    for (WasmModuleStatus each : sources.manager().status(module)) {
      String digest = each.digest();
      if (each.version().equals(version) && digest != null) {
        sources.cache().invalidate(digest);
        if (sources.codeStore() != null) {
          sources.codeStore().invalidate(digest);
        }
        return "has no compiled code in the cache any more";
      }
    }
    return "is not loaded, so that nobody knows which code is its";
  }

  /**
   * What the page knows of it.
   *
   * @param danger whether it may cost answers
   * @param loads whether it loads modules
   */
  record View(String id, String title, String description, boolean danger, boolean loads) {}

  View view() {
    return new View(id(), this.title, this.description, this.danger, this.loads);
  }

  /** {@code null} if there is none of that id. */
  static @Nullable ModuleAction of(String id) {
    return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst().orElse(null);
  }

  /** As requests name it, e.g. {@code warm-up}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String title() {
    return this.title;
  }

  boolean loads() {
    return this.loads;
  }

  /**
   * @param version exactly
   * @return what was done, to be read after the name of the module
   */
  String perform(DashboardSources sources, String module, String version) {
    return this.call.make(sources, module, version);
  }
}
