package io.github.wasmspring.autoconfigure.plugin;

import io.github.wasmspring.internal.plugin.DefaultWasmPlugins;
import io.github.wasmspring.internal.plugin.PluginWatcher;
import io.github.wasmspring.plugin.WasmPluginSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Watches the directory of drop-in plug-ins from when all beans are there, and before requests come
 * in, to when no more do.
 */
final class PluginWatching implements SmartLifecycle {

  private final DefaultWasmPlugins plugins;
  private final WasmPluginSettings settings;
  private @Nullable PluginWatcher watcher;

  PluginWatching(DefaultWasmPlugins plugins, WasmPluginSettings settings) {
    this.plugins = plugins;
    this.settings = settings;
  }

  @Override
  public synchronized void start() {
    if (this.watcher == null && this.settings.watch() != null) {
      PluginWatcher started = new PluginWatcher(this.plugins, this.settings);
      started.start();
      this.watcher = started;
    }
  }

  @Override
  public synchronized void stop() {
    if (this.watcher != null) {
      this.watcher.close();
      this.watcher = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return this.watcher != null;
  }

  /** Before what answers requests. */
  @Override
  public int getPhase() {
    return 0;
  }
}
