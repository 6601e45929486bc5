package io.github.wasmspring.autoconfigure.check;

import io.github.wasmspring.autoconfigure.ConfiguredProperties;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Stops the start when there are properties below {@code wasm} that nobody reads: a limit whose
 * name is mistyped would be no limit. Costs nothing where there are no such properties at all.
 */
final class UnknownPropertyCheck implements BeanFactoryPostProcessor {

  private final Environment environment;
  private final List<Class<?>> types;

  /**
   * @param types that our properties are bound to
   */
  UnknownPropertyCheck(Environment environment, List<Class<?>> types) {
    this.environment = environment;
    this.types = types;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
    if (ConfiguredProperties.existBelow("wasm", this.environment)) {
      new UnknownProperties(this.environment, this.types).refuse(beanFactory);
    }
  }
}
