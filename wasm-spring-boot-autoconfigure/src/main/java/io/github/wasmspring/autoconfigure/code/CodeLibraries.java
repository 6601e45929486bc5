package io.github.wasmspring.autoconfigure.code;

import io.github.wasmspring.autoconfigure.WasmModuleCustomizer;
import io.github.wasmspring.code.QuickJsModule;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.io.Resource;

/** Loads the libraries that the properties name into the module that runs JavaScript. */
final class CodeLibraries implements WasmModuleCustomizer {

  private static final String PROPERTY = "wasm.services.code.execute.libraries";

  private final List<Resource> libraries;

  CodeLibraries(List<Resource> libraries) {
    this.libraries = List.copyOf(libraries);
  }

  @Override
  public WasmModuleDescriptor customize(WasmModuleDescriptor module) {
    return this.libraries.isEmpty() || !module.id().equals(QuickJsModule.ID)
        ? module
        : module.toBuilder().prepare(QuickJsModule.preparation(read())).build();
  }

  private Map<String, String> read() {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Resource library : this.libraries) {
      String name = library.getFilename();
      try {
        sources.put(
            name == null ? library.getDescription() : name,
            library.getContentAsString(StandardCharsets.UTF_8));
      } catch (IOException unreadable) {
        throw new InvalidConfigurationPropertyValueException(
            PROPERTY, library, "it can't be read: " + unreadable.getMessage());
      }
    }
    return sources;
  }
}
