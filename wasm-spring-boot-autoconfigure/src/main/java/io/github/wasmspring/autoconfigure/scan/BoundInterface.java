package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.runtime.WasmModulePreloader;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.InstanceSupplier;
import org.springframework.beans.factory.support.RegisteredBean;

/**
 * Makes the bean of an interface by binding it to its module. Public for the code that Spring
 * generates ahead of time; not for applications.
 *
 * @param id of the module, which may have placeholders
 * @param range of versions that will do, which may have placeholders; may be empty
 */
public record BoundInterface<T>(String id, String range) implements InstanceSupplier<T> {

  /**
   * @throws WasmModuleDefinitionException if a placeholder can't be resolved
   */
  @Override
  @SuppressWarnings("unchecked")
  public T get(RegisteredBean bean) {
    ConfigurableListableBeanFactory beanFactory = bean.getBeanFactory();
    Class<T> type = (Class<T>) bean.getBeanClass();
    MarkerText text = MarkerText.of(beanFactory, type);
    String module = text.required("id", this.id);
    String versions = text.resolve("version", this.range);
    return manager(beanFactory).bind(type, module, versions);
  }

  /** What is to be loaded ahead is begun before the first interface waits for its own module. */
  private static WasmModuleManager manager(ConfigurableListableBeanFactory beanFactory) {
    beanFactory.getBeanProvider(WasmModulePreloader.class).getIfAvailable();
    return beanFactory.getBean(WasmModuleManager.class);
  }
}
