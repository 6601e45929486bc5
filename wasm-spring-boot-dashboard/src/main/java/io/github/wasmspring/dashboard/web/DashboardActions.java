package io.github.wasmspring.dashboard.web;

import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmVersionConflictException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.dashboard.DashboardPlugins;
import io.github.wasmspring.dashboard.DashboardSection;
import io.github.wasmspring.dashboard.view.DashboardSources;
import io.github.wasmspring.dashboard.view.ProfileProgress;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What operators can do, each as soon as it has been confirmed. */
final class DashboardActions {

  private static final String ACTION = "action";
  private static final String PROFILE = "profile";
  private static final String ERRORS = "errors";
  private static final int RATE = 100;
  private static final int SECONDS = 30;

  private final DashboardSources sources;
  private final ProfileProgress profile;
  private final ActionRunner runner;

  /**
   * @param profile told of a profile that begins or ends
   */
  DashboardActions(DashboardSources sources, ProfileProgress profile, ActionRunner runner) {
    this.sources = sources;
    this.profile = profile;
    this.runner = runner;
  }

  ActionAnswer module(String id, String action, ActionBody body, @Nullable String principal) {
    ModuleAction known = ModuleAction.of(action);
    if (known == null) {
      throw DashboardRefusal.notFound(
          "There is no action '%s'; there are %s"
              .formatted(
                  action, Arrays.stream(ModuleAction.values()).map(ModuleAction::id).toList()));
    }
    String version = find(id, body.text("version")).version();
    body.requireConfirmed(id);
    requireSeen(id, version, body.text("seen"));
    if (!this.sources.enabled() && known.loads()) {
      throw DashboardRefusal.failed(
          new IllegalStateException("Modules are not loaded while wasm.enabled is false"));
    }
    String name = id + ' ' + version;
    return this.runner.run(
        new ActionRequest(ACTION, action, known.title() + ": " + name, id, version, principal),
        () -> name + ' ' + known.perform(this.sources, id, version));
  }

  private WasmModuleDescriptor find(String id, @Nullable String version) {
    try {
      return this.sources
          .manager()
          .registry()
          .get(id, version == null ? WasmModuleManager.DEFAULT : version);
    } catch (WasmModuleNotFoundException | WasmVersionConflictException none) {
      throw DashboardRefusal.notFound(none.getMessage());
    } catch (IllegalArgumentException unreadable) {
      throw DashboardRefusal.badRequest(String.valueOf(unreadable.getMessage()));
    }
  }

  /** Who saw something else may mean something else. */
  private void requireSeen(String id, String version, @Nullable String seen) {
    if (seen == null) {
      return;
    }
    for (WasmModuleStatus each : this.sources.manager().status(id)) {
      if (each.version().equals(version) && !seen.equals(each.digest())) {
        throw DashboardRefusal.changed(
            "Other bytes of %s %s run by now than those that were shown; look again"
                .formatted(id, version));
      }
    }
  }

  ActionAnswer startProfile(ActionBody body, @Nullable String principal) {
    body.requireConfirmed(PROFILE);
    String module = body.text("module");
    if (module != null) {
      find(module, null);
    }
    Integer rate = body.number("rate");
    Integer seconds = body.number("seconds");
    Duration time = Duration.ofSeconds(seconds == null ? SECONDS : seconds);
    return this.runner.run(
        new ActionRequest(
            ACTION,
            "profile-start",
            module == null ? "Profile all modules" : "Profile " + module,
            module == null ? "*" : module,
            "",
            principal),
        () -> {
          this.sources.profiler().start(rate == null ? RATE : rate, time, module);
          this.profile.started(module, time);
          return "The profiler samples";
        });
  }

  ActionAnswer stopProfile(ActionBody body, @Nullable String principal) {
    body.requireConfirmed(PROFILE);
    return this.runner.run(
        new ActionRequest(ACTION, "profile-stop", "Stop the profiler", "*", "", principal),
        () -> {
          boolean was = this.sources.profiler().stop() != null;
          this.profile.look();
          return was ? "The profiler has stopped" : "There was no profile";
        });
  }

  ActionAnswer clearErrors(ActionBody body, @Nullable String principal) {
    body.requireConfirmed(ERRORS);
    return this.runner.run(
        new ActionRequest(ACTION, "errors-clear", "Count failures anew", "*", "", principal),
        () -> {
          this.sources.errors().clear();
          return "Failures are counted anew";
        });
  }

  ActionAnswer cancelTask(String module, String task, ActionBody body, @Nullable String principal) {
    body.requireConfirmed(module);
    long id;
    try {
      id = Long.parseLong(task);
    } catch (NumberFormatException none) {
      throw DashboardRefusal.badRequest("The id of a call is a number");
    }
    return this.runner.run(
        new ActionRequest(
            ACTION, "task-cancel", "Cancel a call of " + module, module, "", principal),
        () -> {
          if (!this.sources.tasks().cancel(module, id)) {
            throw DashboardRefusal.notFound(
                "Module '%s' has no call %d that waits or runs".formatted(module, id));
          }
          return "The call was cancelled";
        });
  }

  ActionAnswer section(String section, String action, ActionBody body, @Nullable String principal) {
    DashboardSection known =
        this.sources.sections().stream()
            .filter(each -> each.id().equals(section))
            .findFirst()
            .orElseThrow(
                () -> DashboardRefusal.notFound("There is no section '%s'".formatted(section)));
    String title =
        known.actions().stream()
            .filter(each -> each.id().equals(action))
            .findFirst()
            .orElseThrow(
                () ->
                    DashboardRefusal.notFound(
                        "Section '%s' has no action '%s'".formatted(section, action)))
            .title();
    String key = body.requiredText("key");
    body.requireConfirmed(key);
    return this.runner.run(
        new ActionRequest(ACTION, section + "-" + action, title + ": " + key, key, "", principal),
        () -> known.act(action, key, principal));
  }

  ActionAnswer plugin(String id, String action, ActionBody body, @Nullable String principal) {
    DashboardPlugins plugins = plugins();
    DashboardPlugins.Action known =
        List.of(DashboardPlugins.Action.values()).stream()
            .filter(each -> id(each).equals(action))
            .findFirst()
            .orElseThrow(
                () -> DashboardRefusal.notFound("Plug-ins have no action '%s'".formatted(action)));
    Integer revision = body.number("revision");
    body.requireConfirmed(id);
    return this.runner.run(
        new ActionRequest(
            ACTION, "plugin-" + action, "Plug-in %s: %s".formatted(id, action), id, "", principal),
        () -> plugins.act(id, known, revision, principal));
  }

  private static String id(DashboardPlugins.Action action) {
    return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws DashboardRefusal if the application has none
   */
  DashboardPlugins plugins() {
    DashboardPlugins plugins = this.sources.plugins();
    if (plugins == null) {
      throw DashboardRefusal.notFound("This application has no plug-ins");
    }
    return plugins;
  }
}
