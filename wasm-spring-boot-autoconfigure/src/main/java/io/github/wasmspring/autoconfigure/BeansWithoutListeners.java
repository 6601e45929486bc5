package io.github.wasmspring.autoconfigure;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.type.MethodMetadata;

/**
 * Keeps Spring from looking for {@code @EventListener} methods in the classes of our own beans:
 * none has any, and looking for them loads every type that their methods mention, used or not.
 */
final class BeansWithoutListeners implements BeanFactoryPostProcessor {

  private static final String PACKAGE = BeansWithoutListeners.class.getPackageName() + ".";

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
    for (String name : beanFactory.getBeanDefinitionNames()) {
      BeanDefinition definition = beanFactory.getBeanDefinition(name);
      if (isOurs(definition)) {
        definition.setAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE, Object.class);
      }
    }
  }

  private static boolean isOurs(BeanDefinition definition) {
    if (definition instanceof AnnotatedBeanDefinition annotated) {
      MethodMetadata method = annotated.getFactoryMethodMetadata();
      return method != null && isOurs(method.getDeclaringClassName());
    }
    return false;
  }

  private static boolean isOurs(String className) {
    return className.startsWith(PACKAGE) && className.endsWith("Configuration");
  }
}
