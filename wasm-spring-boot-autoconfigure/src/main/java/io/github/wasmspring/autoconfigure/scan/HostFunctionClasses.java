package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.WasmHostFunctions;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.module.WasmImportDefinition;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;

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
    }
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
