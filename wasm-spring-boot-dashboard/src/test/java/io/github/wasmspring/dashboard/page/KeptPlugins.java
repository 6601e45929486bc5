package io.github.wasmspring.dashboard.page;

import io.github.wasmspring.dashboard.DashboardPlugin;
import io.github.wasmspring.dashboard.DashboardPlugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plug-ins that are listed and never run. */
final class KeptPlugins implements DashboardPlugins {

  private final List<DashboardPlugin.Revision> revisions = new ArrayList<>();
  private @Nullable String id;
  private int runs;
  private String state = "ACTIVE";

  @Override
  public synchronized List<DashboardPlugin> list() {
    if (this.id == null) {
      return List.of();
    }
    DashboardPlugin.Revision now = this.revisions.get(this.revisions.size() - this.runs);
    return List.of(
        new DashboardPlugin(
            this.id,
            now.version(),
            this.state,
            now.revision(),
            now.digest(),
            now.size(),
            "upload",
            null,
            now.installedAt(),
            null,
            this.revisions));
  }

  @Override
  public long maxBytes() {
    return 1_000_000;
  }

  @Override
  public synchronized String upload(
      String plugin, Path module, @Nullable String signature, @Nullable String principal)
      throws IOException {
    if (Files.size(module) < 8) {
      throw new IllegalStateException("'%s' is no module of WebAssembly".formatted(plugin));
    }
    this.id = plugin;
    this.runs = this.revisions.size() + 1;
    this.revisions.add(
        0,
        new DashboardPlugin.Revision(
            this.runs,
            "1.%d.0".formatted(this.runs),
            "sha256:" + "ab".repeat(32),
            Files.size(module),
            Instant.now(),
            principal,
            "ACTIVE",
            signature));
    return "%s was installed".formatted(plugin);
  }

  @Override
  public synchronized String act(
      String plugin, Action action, @Nullable Integer revision, @Nullable String principal) {
    switch (action) {
      case ROLL_BACK -> this.runs = revision == null ? this.runs - 1 : revision;
      case ENABLE -> this.state = "ACTIVE";
      case DISABLE -> this.state = "DISABLED";
      case REMOVE -> {
        this.id = null;
        this.revisions.clear();
      }
    }
    return "%s: %s".formatted(plugin, action);
  }
}
