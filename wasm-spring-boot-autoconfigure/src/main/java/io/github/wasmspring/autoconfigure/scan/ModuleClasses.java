package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.WasmModule;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/** Finds the beans whose class is marked with {@link WasmModule}, without creating them. */
public final class ModuleClasses {

  private ModuleClasses() {}

  /**
   * @throws WasmModuleDefinitionException if one of the classes can't be used as it is
   */
  public static List<ModuleClass> of(ConfigurableListableBeanFactory beanFactory) {
    List<ModuleClass> classes = new ArrayList<>();
    for (String name : beanFactory.getBeanDefinitionNames()) {
      if (!beanFactory.getBeanDefinition(name).isAbstract()) {
        Class<?> type = beanFactory.getType(name, false);
        Class<?> declared = type == null ? null : ClassUtils.getUserClass(type);
        if (declared != null
            && !declared.isInterface()
            && declared.isAnnotationPresent(WasmModule.class)) {
          classes.add(new ModuleClass(declared, () -> beanFactory.getBean(name)));
        }
      }
    }
    return classes;
  }
}
