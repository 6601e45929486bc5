package io.github.wasmspring.autoconfigure.aot;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleProvider;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Keeps the modules of the class path and of the properties for a native image. */
final class ModulesAotProcessor implements BeanFactoryInitializationAotProcessor {

  @Override
  public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
      ConfigurableListableBeanFactory beanFactory) {
    if (beanFactory.getBeanNamesForType(WasmModuleManager.class, true, false).length == 0) {
      return null;
    }
    Binder properties =
        Binder.get(
            beanFactory.getBean(
                ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class));
    return (generation, code) -> {
      RuntimeHints hints = generation.getRuntimeHints();
      if (properties.bind("wasm.providers.enabled", Boolean.class).orElse(true)) {
        registerProvided(beanFactory.getBeanClassLoader(), hints);
      }
      properties
          .bind("wasm.modules", Bindable.mapOf(String.class, Configured.class))
          .orElse(Map.of())
          .values()
          .forEach(module -> module.register(hints));
    };
  }

  private static void registerProvided(@Nullable ClassLoader classLoader, RuntimeHints hints) {
    for (WasmModuleProvider provider : ServiceLoader.load(WasmModuleProvider.class, classLoader)) {
      provider.modules().forEach(module -> ModuleHints.register(module, hints));
    }
  }

  /** Where properties say that a module is; what else they say does not matter here. */
  record Configured(@Nullable String location, @Nullable String compiledClass) {

    private void register(RuntimeHints hints) {
      ModuleHints.registerLocation(this.location, hints);
      ModuleHints.registerCompiledClass(this.compiledClass, hints);
    }
  }
}
