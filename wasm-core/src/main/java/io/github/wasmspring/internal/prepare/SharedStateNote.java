package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of a module that is made anew for each call why that is. */
final class SharedStateNote {

  private static final Logger logger = LoggerFactory.getLogger(SharedStateNote.class);

  private SharedStateNote() {}

  static void write(WasmModuleDescriptor module, ModuleLinks links) {
    if (module.settings().pool().reset().resets() && links.shareState()) {
      logger.info(
          "Instances of WebAssembly module {} can't be reset, for they have memories, tables or globals in common with {}: each borrower gets a new one; set {} to have some ready, or {} to none if the guest needs no reset",
          module,
          links.members().stream().map(LinkedModule::name).collect(Collectors.joining(", ")),
          ModuleProperty.of(module.id(), "pool.prepared"),
          ModuleProperty.of(module.id(), "pool.reset"));
    }
  }
}
