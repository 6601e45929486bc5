package io.github.wasmspring.internal.runtime;

import io.github.wasmspring.internal.plugin.DefaultWasmPlugins;
import io.github.wasmspring.internal.plugin.PluginHome;
import io.github.wasmspring.internal.plugin.PluginWatcher;
import io.github.wasmspring.plugin.WasmPluginSettings;
import io.github.wasmspring.plugin.WasmPlugins;
import org.jspecify.annotations.Nullable;

/** The plug-ins of a runtime, put together. In applications of Spring, each part is a bean. */
public final class RuntimePlugins implements AutoCloseable {

  private final PluginHome home;
  private final DefaultWasmPlugins plugins;
  private final @Nullable PluginWatcher watcher;

  /**
   * Registers those that are installed, and installs what is in the directory that is watched.
   *
   * @param home whose resolver the loader has; closed with the rest, also if that fails
   * @param parts which have all other modules already
   */
  public RuntimePlugins(PluginHome home, WasmPluginSettings settings, RuntimeParts parts) {
    this.home = home;
    this.plugins =
        new DefaultWasmPlugins(home, parts.setup().loader(), parts.manager(), parts.events());
    this.watcher = settings.watch() == null ? null : new PluginWatcher(this.plugins, settings);
    home.registerAll(parts.registry());
    if (this.watcher != null) {
      this.watcher.start();
    }
  }

  public WasmPlugins plugins() {
    return this.plugins;
  }

  @Override
  public void close() {
    if (this.watcher != null) {
      this.watcher.close();
    }
    this.plugins.close();
    this.home.close();
  }
}
