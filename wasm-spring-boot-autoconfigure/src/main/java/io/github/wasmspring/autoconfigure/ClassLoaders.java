package io.github.wasmspring.autoconfigure;

import java.util.Objects;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Where providers of modules and engines are looked for. */
final class ClassLoaders {

  private ClassLoaders() {}

  static ClassLoader of(ConfigurableListableBeanFactory beanFactory) {
    return Objects.requireNonNull(beanFactory.getBeanClassLoader());
  }
}
