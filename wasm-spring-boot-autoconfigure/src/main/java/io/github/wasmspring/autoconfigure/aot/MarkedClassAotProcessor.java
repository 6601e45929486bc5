package io.github.wasmspring.autoconfigure.aot;

import io.github.wasmspring.WasmFallback;
import io.github.wasmspring.WasmHostFunctions;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.WasmModule;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.env.Environment;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;

/**
 * What a native image must keep of a class that brings a module, host functions or fallbacks along:
 * the methods and fields that are used by reflection, and the module.
 */
final class MarkedClassAotProcessor implements BeanRegistrationAotProcessor {

  @Override
  public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
    Class<?> type = bean.getBeanClass();
    WasmModule module = type.getAnnotation(WasmModule.class);
    if (type.isInterface()
        || module == null && !type.isAnnotationPresent(WasmHostFunctions.class)) {
      return null;
    }
    Environment environment =
        bean.getBeanFactory()
            .getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class);
    return (generation, registration) -> {
      RuntimeHints hints = generation.getRuntimeHints();
      hints.reflection().registerType(type);
      for (Method method : calledByReflection(type)) {
        hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
        LibraryHints.register(method, hints);
      }
      ReflectionUtils.doWithFields(
          type,
          hints.reflection()::registerField,
          field -> field.isAnnotationPresent(WasmImport.class));
      if (module != null) {
        ModuleHints.registerLocation(environment.resolvePlaceholders(module.location()), hints);
      }
    };
  }

  private static Set<Method> calledByReflection(Class<?> type) {
    return MethodIntrospector.selectMethods(
        type,
        (MethodFilter)
            method ->
                method.isAnnotationPresent(WasmImport.class)
                    || method.isAnnotationPresent(WasmFallback.class));
  }
}
