package io.github.wasmspring.sample;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;

/** What docs/sources.md shows. */
final class SourcesExamples {

  private final WasmModuleManager manager;

  SourcesExamples(WasmModuleManager manager) {
    this.manager = manager;
  }

  void install(String id, String location) {
    this.manager
        .registry()
        .register(WasmModuleDescriptor.builder(id).locationFromOutside(location).build());
  }
}
