package io.github.wasmspring.sample;

import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.plugin.WasmPluginRequest;
import io.github.wasmspring.plugin.WasmPluginRevision;
import io.github.wasmspring.plugin.WasmPluginStatus;
import io.github.wasmspring.plugin.WasmPlugins;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The one plug-in of this application: what it exports as {@code discount} changes prices. */
@Component
class DiscountPlugin {

  static final String ID = "discount";

  /**
   * @param plugin {@code null} if none is installed
   * @param history the newest first
   */
  record Installed(@Nullable WasmPluginStatus plugin, List<WasmPluginRevision> history) {}

  private final WasmPlugins plugins;
  private final WasmModuleManager modules;

  DiscountPlugin(WasmPlugins plugins, WasmModuleManager modules) {
    this.plugins = plugins;
    this.modules = modules;
  }

  Installed installed() {
    return this.plugins
        .find(ID)
        .map(plugin -> new Installed(plugin, this.plugins.history(ID)))
        .orElseGet(() -> new Installed(null, List.of()));
  }

  /** The first one is installed, the others take its place. */
  void put(byte[] module, String version) {
    WasmPluginRequest request = WasmPluginRequest.of(ID).version(version).bytes(module);
    if (this.plugins.find(ID).isPresent()) {
      this.plugins.update(request);
    } else {
      this.plugins.install(request);
    }
  }

  void rollBack() {
    this.plugins.rollBack(ID);
  }

  void remove() {
    this.plugins.remove(ID);
  }

  WasmResult<Double> price(double amount) {
    return this.modules.module(ID).operation("discount").arguments(amount).retrieve(double.class);
  }
}
