package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.function.UnaryOperator;

/** Revisions of plug-ins as modules. */
final class PluginModules {

  private final UnaryOperator<WasmModuleDescriptor> settings;

  PluginModules(UnaryOperator<WasmModuleDescriptor> settings) {
    this.settings = settings;
  }

  /**
   * @throws IllegalStateException if the settings made another module of it
   */
  WasmModuleDescriptor module(String id, StoredRevision revision) {
    PluginLocation place = PluginLocation.of(id, revision.number());
    WasmModuleDescriptor.Builder plain =
        WasmModuleDescriptor.builder(id)
            .version(revision.version())
            .description(revision.description())
            .location(place.text());
    revision.dependencies().forEach(plain::dependency);
    WasmModuleDescriptor changed = this.settings.apply(plain.build());
    if (!changed.id().equals(id)) {
      throw new IllegalStateException(
          "The settings of plug-ins made the module '%s' of the plug-in '%s'"
              .formatted(changed.id(), id));
    }
    return pinned(changed, revision, place);
  }

  /** What is run is what was installed, whatever the settings say. */
  private static WasmModuleDescriptor pinned(
      WasmModuleDescriptor changed, StoredRevision revision, PluginLocation place) {
    WasmModuleDescriptor.Builder pinned =
        changed.toBuilder().version(revision.version()).location(place.text()).compiledClass(null);
    if (revision.digest() != null) {
      pinned.digest(revision.digest());
    }
    if (revision.signature() != null) {
      pinned.signature(place.ofSignature().text());
    }
    return pinned.build();
  }
}
