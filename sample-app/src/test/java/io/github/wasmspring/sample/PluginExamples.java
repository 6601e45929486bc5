package io.github.wasmspring.sample;

import io.github.wasmspring.plugin.WasmPluginRequest;
import io.github.wasmspring.plugin.WasmPluginStatus;
import io.github.wasmspring.plugin.WasmPlugins;

/** What docs/plugins.md shows. */
final class PluginExamples {

  private PluginExamples() {}

  static WasmPluginStatus install(WasmPlugins plugins, byte[] upload) {
    WasmPluginStatus installed =
        plugins.install(
            WasmPluginRequest.of("prices").version("1.2.0").bytes(upload).installedBy("ada"));
    return installed;
  }
}
