package io.github.wasmspring.autoconfigure.scan;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/** Walks the beans that may have methods for modules, without creating them. */
final class DeclaredBeans {

  private DeclaredBeans() {}

  /**
   * A bean behind a scoped proxy is met once: its class is known, its proxy is called.
   *
   * @param visitor gets the class as it was written, and what answers the bean
   */
  static void forEach(
      ConfigurableListableBeanFactory beanFactory, BiConsumer<Class<?>, Supplier<Object>> visitor) {
    for (String name : beanFactory.getBeanDefinitionNames()) {
      if (!beanFactory.getBeanDefinition(name).isAbstract()
          && !beanFactory.containsBeanDefinition(ScopedProxyUtils.getTargetBeanName(name))) {
        Class<?> type = beanFactory.getType(name, false);
        String called =
            ScopedProxyUtils.isScopedTarget(name)
                ? ScopedProxyUtils.getOriginalBeanName(name)
                : name;
        if (type != null) {
          visitor.accept(ClassUtils.getUserClass(type), () -> beanFactory.getBean(called));
        }
      }
    }
  }
}
