package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.plugin.WasmPluginState;
import io.github.wasmspring.plugin.WasmPluginStatus;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads how plug-ins are. */
final class PluginStatusReader {

  private final PluginHome home;
  private final PluginRuns runs;

  PluginStatusReader(PluginHome home, PluginRuns runs) {
    this.home = home;
    this.runs = runs;
  }

  WasmPluginStatus of(StoredPlugin plugin) {
    StoredRevision active = plugin.current();
    StoredRevision candidate = plugin.candidate();
    String failure = plugin.enabled() ? failure(plugin.id()) : null;
    return new WasmPluginStatus(
        plugin.id(),
        active.version(),
        state(plugin, candidate, failure),
        active.number(),
        Objects.requireNonNullElse(active.digest(), ""),
        active.size(),
        active.source(),
        active.signer(),
        plugin.activeSince(),
        active.installedBy(),
        active.description(),
        candidate == null ? null : candidate.number(),
        failure);
  }

  private static WasmPluginState state(
      StoredPlugin plugin, @Nullable StoredRevision candidate, @Nullable String failure) {
    if (!plugin.enabled()) {
      return WasmPluginState.DISABLED;
    }
    if (failure != null) {
      return WasmPluginState.FAILED;
    }
    return candidate == null ? WasmPluginState.ACTIVE : WasmPluginState.CANARY;
  }

  /** One of which nothing but its id can be read. */
  static WasmPluginStatus damaged(String id, String failure) {
    return new WasmPluginStatus(
        id, "", WasmPluginState.FAILED, 0, "", 0, "", null, Instant.EPOCH, null, "", null, failure);
  }

  /** Why it can't be called, {@code null} if it can. */
  @Nullable String failure(String id) {
    String atStart = this.home.failure(id);
    if (atStart != null) {
      return atStart;
    }
    WasmModuleDescriptor running = this.runs.running(id);
    return running == null
        ? "it is not registered any more; enable it to register it again"
        : this.runs.failure(running);
  }
}
