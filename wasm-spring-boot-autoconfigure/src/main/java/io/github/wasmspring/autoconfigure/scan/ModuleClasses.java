package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.WasmModule;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Finds the beans whose class is marked with {@link WasmModule}, without creating them. */
public final class ModuleClasses {

  private ModuleClasses() {}

  /**
   * @throws WasmModuleDefinitionException if one of the classes can't be used as it is
   */
  public static List<ModuleClass> of(ConfigurableListableBeanFactory beanFactory) {
    Environment environment =
        beanFactory.getBean(
            ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class);
    List<ModuleClass> classes = new ArrayList<>();
    DeclaredBeans.forEach(
        beanFactory,
        (type, bean) -> {
          if (!type.isInterface() && type.isAnnotationPresent(WasmModule.class)) {
            classes.add(new ModuleClass(type, bean, environment));
          }
        });
    return classes;
  }
}
