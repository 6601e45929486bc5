package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.WasmFallback;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.internal.module.NearMatches;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmOperations;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Refuses {@link WasmFallback} methods for operations that there are not: nobody would ever ask
 * them. Modules that are not loaded are not asked.
 */
public final class FallbackOperations {

  private final ListableBeanFactory beanFactory;
  private final WasmModuleManager manager;

  public FallbackOperations(ListableBeanFactory beanFactory, WasmModuleManager manager) {
    this.beanFactory = beanFactory;
    this.manager = manager;
  }

  /**
   * @throws WasmModuleDefinitionException if the class has a fallback for something that is neither
   *     an export of its module nor a method of an interface of it
   */
  public void check(ModuleClass type) {
    if (type.fallbacks().isEmpty()) {
      return;
    }
    for (WasmModuleStatus status : this.manager.status(type.id())) {
      WasmModuleDescriptor module = this.manager.registry().get(status.id(), status.version());
      if (status.state() == WasmModuleState.READY && type.contributesTo(module)) {
        check(type, operations(module, status.exports()));
      }
    }
  }

  private static void check(ModuleClass type, Set<String> known) {
    for (String operation : type.fallbacks()) {
      if (!known.contains(operation) && !known.contains(WasmOperations.snakeCase(operation))) {
        List<String> near = NearMatches.of(operation, known);
        throw new WasmModuleDefinitionException(
            "The class %s has a @WasmFallback method for the operation '%s', which the module '%s' does not have."
                .formatted(type.type().getName(), operation, type.id()),
            near.isEmpty()
                ? "Name an operation that it has: " + String.join(", ", known) + "."
                : "Did you mean '%s'? Name the method after it, or say @WasmFallback(\"%s\")."
                    .formatted(near.get(0), near.get(0)));
      }
    }
  }

  private Set<String> operations(WasmModuleDescriptor module, List<String> exports) {
    Set<String> known = new TreeSet<>();
    exports.forEach(export -> known.add(export.substring(0, export.lastIndexOf(" ("))));
    module.types().forEach(each -> addMethods(each, known));
    for (String name : this.beanFactory.getBeanNamesForAnnotation(WasmModule.class)) {
      Class<?> bean = this.beanFactory.getType(name, false);
      addInterfaces(bean, module.id(), known);
    }
    return known;
  }

  private static void addInterfaces(
      @org.jspecify.annotations.Nullable Class<?> bean, String id, Set<String> known) {
    if (bean == null) {
      return;
    }
    List<Class<?>> types = bean.isInterface() ? List.of(bean) : List.of(bean.getInterfaces());
    for (Class<?> type : types) {
      WasmModule marker = type.getAnnotation(WasmModule.class);
      if (marker != null && (marker.id().equals(id) || marker.value().equals(id))) {
        addMethods(type, known);
      }
    }
  }

  private static void addMethods(Class<?> type, Set<String> known) {
    for (Method method : WasmOperations.methods(type)) {
      known.add(method.getName());
      known.add(WasmOperations.exportOf(method));
    }
  }
}
