package io.github.wasmspring.autoconfigure.aot;

import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmOperations;
import io.github.wasmspring.module.WasmParameter;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;

/**
 * What a native image must keep of an interface: a JDK proxy, as no class can be made there, its
 * methods, and the types that cross as JSON.
 */
final class InterfaceHints {

  private static final BindingReflectionHintsRegistrar BINDING =
      new BindingReflectionHintsRegistrar();

  private InterfaceHints() {}

  static void register(Class<?> type, RuntimeHints hints) {
    hints.proxies().registerJdkProxy(type);
    registerMethods(type, hints);
    for (Method method : WasmOperations.methods(type)) {
      LibraryHints.register(method, hints);
      WasmOperation operation = WasmOperations.of(method);
      registerCrossing(operation.returnType(), hints);
      operation.parameters().stream()
          .map(WasmParameter::type)
          .forEach(crossing -> registerCrossing(crossing, hints));
    }
  }

  /** Default methods are called by reflection, those of super-interfaces too. */
  private static void registerMethods(Class<?> type, RuntimeHints hints) {
    hints.reflection().registerType(type, MemberCategory.INVOKE_DECLARED_METHODS);
    for (Class<?> extended : type.getInterfaces()) {
      registerMethods(extended, hints);
    }
  }

  private static void registerCrossing(Type type, RuntimeHints hints) {
    if (type instanceof Class<?> array && array.isArray()) {
      registerCrossing(array.getComponentType(), hints);
      return;
    }
    BINDING.registerReflectionHints(hints.reflection(), type);
    if (type instanceof Class<?> closed && closed.isSealed()) {
      for (Class<?> permitted : closed.getPermittedSubclasses()) {
        registerCrossing(permitted, hints);
      }
    }
  }
}
