package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.WasmHostFunctions;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.module.WasmImportDefinition;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.util.ReflectionUtils;

/** Finds the host functions that beans marked with {@link WasmHostFunctions} offer. */
public final class HostFunctionClasses {

  private final Map<String, Class<?>> owners = new LinkedHashMap<>();
  private final List<WasmImportDefinition> functions = new ArrayList<>();

  private HostFunctionClasses() {}

  /**
   * Creates no bean; the functions look theirs up when they are called.
   *
   * @throws WasmModuleDefinitionException if one of the methods can't be offered
   */
  public static List<WasmImportDefinition> functions(ConfigurableListableBeanFactory beanFactory) {
    HostFunctionClasses found = new HostFunctionClasses();
    DeclaredBeans.forEach(beanFactory, found::add);
    return found.functions;
  }

  private void add(Class<?> type, Supplier<Object> bean) {
    if (type.isAnnotationPresent(WasmHostFunctions.class)) {
      MethodIntrospector.selectMethods(
              type, (MetadataLookup<WasmImport>) method -> method.getAnnotation(WasmImport.class))
          .forEach((method, marker) -> add(method, marker, bean));
      // A component of a record that is marked means its method as well.
      if (!type.isRecord()) {
        ReflectionUtils.doWithFields(
            type,
            HostFunctionClasses::refuse,
            field -> field.isAnnotationPresent(WasmImport.class));
      }
    }
  }

  /** What a global is to hold depends on the module, unlike what a function does. */
  private static void refuse(Field field) {
    throw new WasmModuleDefinitionException(
        "The @WasmImport field '%s' is a global, and @WasmHostFunctions classes offer functions only."
            .formatted(field.toGenericString()),
        "Move it into a class marked @WasmModule(\"…\") with the id of the module that imports it.");
  }

  private void add(Method method, WasmImport marker, Supplier<Object> bean) {
    WasmImportDefinition function = ImportMethod.definition(method, marker, bean);
    String name = function.module() + "." + function.name();
    Class<?> other = this.owners.put(name, method.getDeclaringClass());
    if (other != null) {
      throw new WasmModuleDefinitionException(
          "The classes %s and %s both offer the host function '%s'."
              .formatted(other.getName(), method.getDeclaringClass().getName(), name),
          "Keep one of them, or give the other another name: @WasmImport(module = \"…\", value = \"…\").");
    }
    this.functions.add(function);
  }
}
