package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.client.WasmModulePreloader;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Keeps the start waiting for the modules that are to be ready before the application is; one that
 * can't be loaded stops it.
 */
final class ModulePreloading implements SmartInitializingSingleton {

  private final WasmModulePreloader preloader;

  ModulePreloading(WasmModulePreloader preloader) {
    this.preloader = preloader;
  }

  /** Beans may have registered modules since loading began. */
  @Override
  public void afterSingletonsInstantiated() {
    this.preloader.begin();
    this.preloader.awaitEager();
  }
}
