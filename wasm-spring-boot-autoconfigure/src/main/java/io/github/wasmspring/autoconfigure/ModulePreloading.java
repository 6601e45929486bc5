package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.runtime.WasmModulePreloader;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Keeps the start waiting for the modules that are to be ready before the application is; one that
 * can't be loaded stops it. Where the application says nothing about modules it leaves everything
 * to whoever needs one first.
 */
final class ModulePreloading implements InitializingBean, SmartInitializingSingleton {

  private final ObjectProvider<WasmModuleManager> manager;
  private final ObjectProvider<WasmModulePreloader> preloader;
  private final ModuleRegistration registration;
  private final StartDemand demand;

  ModulePreloading(
      ObjectProvider<WasmModuleManager> manager,
      ObjectProvider<WasmModulePreloader> preloader,
      ModuleRegistration registration,
      StartDemand demand) {
    this.manager = manager;
    this.preloader = preloader;
    this.registration = registration;
    this.demand = demand;
  }

  @Override
  public void afterPropertiesSet() {
    if (this.demand.exists()) {
      this.manager.getIfAvailable();
      this.preloader.getIfAvailable();
    }
  }

  /** Beans may have registered modules since loading began. */
  @Override
  public void afterSingletonsInstantiated() {
    if (this.registration.isNeeded()) {
      this.preloader.ifAvailable(
          begun -> {
            begun.begin();
            begun.awaitEager();
          });
    }
  }
}
