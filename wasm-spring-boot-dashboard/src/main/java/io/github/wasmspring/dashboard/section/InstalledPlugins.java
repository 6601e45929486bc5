package io.github.wasmspring.dashboard.section;

import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.dashboard.DashboardPlugin;
import io.github.wasmspring.dashboard.DashboardPlugins;
import io.github.wasmspring.plugin.WasmPluginRequest;
import io.github.wasmspring.plugin.WasmPluginRevision;
import io.github.wasmspring.plugin.WasmPluginStatus;
import io.github.wasmspring.plugin.WasmPlugins;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plug-ins of {@link WasmPlugins} on the dashboard. */
public final class InstalledPlugins implements DashboardPlugins {

  private final WasmPlugins plugins;
  private final long maxBytes;

  /**
   * @param maxBytes the most bytes that an upload may have
   */
  public InstalledPlugins(WasmPlugins plugins, long maxBytes) {
    this.plugins = plugins;
    this.maxBytes = maxBytes;
  }

  @Override
  public List<DashboardPlugin> list() {
    return this.plugins.list().stream().map(this::shown).toList();
  }

  private DashboardPlugin shown(WasmPluginStatus plugin) {
    return new DashboardPlugin(
        plugin.id(),
        plugin.version(),
        plugin.state().name(),
        plugin.revision(),
        plugin.digest().isEmpty() ? null : plugin.digest(),
        plugin.size(),
        plugin.source(),
        plugin.signer(),
        plugin.installedAt(),
        plugin.failure(),
        history(plugin.id()));
  }

  /** Empty of one that somebody has removed meanwhile. */
  private List<DashboardPlugin.Revision> history(String id) {
    try {
      return this.plugins.history(id).stream().map(InstalledPlugins::shown).toList();
    } catch (WasmModuleNotFoundException removed) {
      return List.of();
    }
  }

  private static DashboardPlugin.Revision shown(WasmPluginRevision revision) {
    return new DashboardPlugin.Revision(
        revision.number(),
        revision.version(),
        revision.digest(),
        revision.size(),
        revision.installedAt(),
        revision.installedBy(),
        revision.outcome().name(),
        revision.note());
  }

  @Override
  public long maxBytes() {
    return this.maxBytes;
  }

  @Override
  public String upload(
      String id, Path module, @Nullable String signature, @Nullable String principal)
      throws IOException {
    try (InputStream stream = Files.newInputStream(module)) {
      WasmPluginRequest request = WasmPluginRequest.of(id).stream(stream);
      if (signature != null) {
        request = request.signature(signature.getBytes(StandardCharsets.UTF_8));
      }
      if (principal != null) {
        request = request.installedBy(principal);
      }
      boolean known = this.plugins.find(id).isPresent();
      WasmPluginStatus status =
          known ? this.plugins.update(request) : this.plugins.install(request);
      return "Plug-in %s was %s: version %s, revision %d, %s"
          .formatted(
              id,
              known ? "updated" : "installed",
              status.version(),
              status.revision(),
              status.state());
    }
  }

  @Override
  public String act(
      String id, Action action, @Nullable Integer revision, @Nullable String principal) {
    return switch (action) {
      case ROLL_BACK -> {
        WasmPluginStatus status =
            revision == null ? this.plugins.rollBack(id) : this.plugins.rollBack(id, revision);
        yield "Plug-in %s runs revision %d again, version %s"
            .formatted(id, status.revision(), status.version());
      }
      case ENABLE -> "Plug-in %s is switched on: %s".formatted(id, this.plugins.enable(id).state());
      case DISABLE -> {
        this.plugins.disable(id);
        yield "Plug-in %s is switched off".formatted(id);
      }
      case REMOVE -> {
        if (!this.plugins.remove(id)) {
          throw new IllegalArgumentException("There is no plug-in '%s'".formatted(id));
        }
        yield "Plug-in %s was removed".formatted(id);
      }
    };
  }
}
