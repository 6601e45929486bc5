package io.github.wasmspring.module;

import io.github.wasmspring.internal.module.ModuleProperty;
import org.jspecify.annotations.Nullable;

/** A host function for the modules whose settings name it. */
record NamedOffer(WasmImportDefinition function) implements WasmHostFunctionOffer {

  @Override
  public String module() {
    return this.function.module();
  }

  @Override
  public String name() {
    return this.function.name();
  }

  @Override
  public @Nullable WasmImportDefinition grant(WasmModuleDescriptor importer) {
    return importer.settings().permissions().mayImport(module(), name()) ? this.function : null;
  }

  @Override
  public String remedy(WasmModuleDescriptor importer) {
    return "the application offers it to modules that name it: add '%s.%s' to %s"
        .formatted(module(), name(), ModuleProperty.of(importer.id(), "imports"));
  }
}
