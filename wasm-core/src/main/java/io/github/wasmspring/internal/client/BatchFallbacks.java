package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmBatch;
import io.github.wasmspring.module.WasmBatchShape;
import io.github.wasmspring.module.WasmJavaFallback;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmOperations;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds who answers a batch in Java if its method does not do so itself. */
final class BatchFallbacks {

  private BatchFallbacks() {}

  /**
   * The fallback of the batch's own name, which is given the lists; or else, element by element, a
   * method of the interface or a fallback of the module for the same operation with one input.
   *
   * @param type the interface
   * @param inJava how to call one of them that is a default method
   */
  static @Nullable WasmJavaFallback find(
      WasmModuleDescriptor module,
      WasmOperation batch,
      Class<?> type,
      Function<Method, WasmJavaFallback> inJava) {
    WasmJavaFallback named = module.fallbacks().get(batch.name());
    if (named != null && !isNameOf(batch.name(), batch.export())) {
      return named;
    }
    WasmJavaFallback each = ofMethod(batch, type, inJava);
    if (each == null) {
      each = ofModule(module, batch.export());
    }
    return each == null ? null : new ElementFallback(batch, each);
  }

  private static boolean isNameOf(String operation, String export) {
    return WasmOperations.snakeCase(operation).equals(export);
  }

  private static @Nullable WasmJavaFallback ofMethod(
      WasmOperation batch, Class<?> type, Function<Method, WasmJavaFallback> inJava) {
    WasmBatchShape shape = Objects.requireNonNull(batch.batch());
    return WasmOperations.methods(type).stream()
        .filter(Method::isDefault)
        .filter(method -> !method.isAnnotationPresent(WasmBatch.class))
        .filter(method -> isFor(shape.element(), WasmOperations.of(type, method)))
        .findFirst()
        .map(inJava)
        .orElse(null);
  }

  private static boolean isFor(WasmOperation element, WasmOperation operation) {
    return operation.export().equals(element.export())
        && types(element).equals(types(operation))
        && boxed(element.returnType()).equals(boxed(operation.returnType()));
  }

  private static List<Type> types(WasmOperation operation) {
    return operation.parameters().stream().map(parameter -> boxed(parameter.type())).toList();
  }

  /** Lists have no primitive elements. */
  private static Type boxed(Type type) {
    return type instanceof Class<?> raw ? MethodType.methodType(raw).wrap().returnType() : type;
  }

  private static @Nullable WasmJavaFallback ofModule(WasmModuleDescriptor module, String export) {
    return module.fallbacks().entrySet().stream()
        .filter(fallback -> isNameOf(fallback.getKey(), export))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(null);
  }
}
