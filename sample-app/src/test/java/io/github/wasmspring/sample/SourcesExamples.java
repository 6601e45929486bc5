package io.github.wasmspring.sample;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import org.springframework.context.event.EventListener;

/** What docs/sources.md shows. */
final class SourcesExamples {

  /** Somebody has published a new version of a plug-in. */
  record PluginPublished(String id) {}

  private final WasmModuleManager manager;

  SourcesExamples(WasmModuleManager manager) {
    this.manager = manager;
  }

  @EventListener
  void refresh(PluginPublished event) {
    this.manager.refresh(event.id());
  }

  void install(String id, String location) {
    this.manager
        .registry()
        .register(WasmModuleDescriptor.builder(id).locationFromOutside(location).build());
  }
}
