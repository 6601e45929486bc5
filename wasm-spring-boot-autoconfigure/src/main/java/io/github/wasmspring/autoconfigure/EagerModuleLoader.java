package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmLoadPolicy;
import io.github.wasmspring.module.WasmModuleDescriptor;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Loads the modules that are to be ready before the application is; a failure stops the start. */
final class EagerModuleLoader implements SmartInitializingSingleton {

  private final WasmModuleManager manager;
  private final boolean enabled;

  EagerModuleLoader(WasmModuleManager manager, boolean enabled) {
    this.manager = manager;
    this.enabled = enabled;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (this.enabled) {
      this.manager.registry().list().stream()
          .filter(EagerModuleLoader::isEager)
          .map(WasmModuleDescriptor::id)
          .distinct()
          .forEach(this.manager::warmUp);
    }
  }

  private static boolean isEager(WasmModuleDescriptor module) {
    return module.settings().loadPolicy() == WasmLoadPolicy.EAGER
        && module.settings().executionMode() != WasmExecutionMode.JAVA;
  }
}
