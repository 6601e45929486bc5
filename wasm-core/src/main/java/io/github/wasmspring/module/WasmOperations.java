package io.github.wasmspring.module;

import io.github.wasmspring.InOut;
import io.github.wasmspring.WasmBatch;
import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmFallbackNeeds;
import io.github.wasmspring.WasmSignatureException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads operations off the methods of Java interfaces. */
public final class WasmOperations {

  private WasmOperations() {}

  /** The operations of a descriptor's interfaces, by name. */
  public static List<WasmOperation> of(WasmModuleDescriptor module) {
    return module.types().stream()
        .flatMap(type -> methods(type).stream().map(method -> of(type, method)))
        .sorted(Comparator.comparing(WasmOperation::name))
        .toList();
  }

  static Set<String> names(WasmModuleDescriptor module) {
    Set<String> names = new TreeSet<>(module.fallbacks().keySet());
    of(module).forEach(operation -> names.add(operation.name()));
    return names;
  }

  /** The methods of an interface that may be operations: neither static nor private. */
  public static List<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getDeclaringClass() != Object.class)
        .filter(method -> !method.isBridge())
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  /** The same as {@link #of(Class, Method)} for a method of an interface that declares it. */
  public static WasmOperation of(Method method) {
    return of(method.getDeclaringClass(), method);
  }

  /**
   * The operation that a method stands for; {@link WasmCallOptions} parameters are left out.
   *
   * @param type the interface that has the method, maybe from a generic interface of which it
   *     extends a particular one
   * @throws WasmSignatureException if it is marked with {@link WasmBatch} and can't be one
   */
  public static WasmOperation of(Class<?> type, Method method) {
    MethodTypes types = new MethodTypes(type);
    List<WasmParameter> parameters = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      if (parameter.getType() != WasmCallOptions.class) {
        parameters.add(
            new WasmParameter(
                parameter.getName(),
                types.of(parameter),
                parameter.isAnnotationPresent(InOut.class),
                MethodTypes.mayBeNull(parameter)));
      }
    }
    WasmOperation operation =
        new WasmOperation(
            method.getName(),
            exportOf(method),
            parameters,
            types.answerOf(method),
            MethodTypes.mayAnswerNull(method),
            null);
    return method.isAnnotationPresent(WasmBatch.class)
        ? BatchMethods.of(method, operation)
        : operation;
  }

  /** The export that a method calls: {@link WasmExport} or its own name in snake_case. */
  public static String exportOf(Method method) {
    WasmExport export = method.getAnnotation(WasmExport.class);
    return export != null ? export.value() : snakeCase(method.getName());
  }

  /** What {@link WasmFallbackNeeds} says of a method, if it is not there; else {@code null}. */
  public static @Nullable String missingLibrary(Method fallback) {
    WasmFallbackNeeds needs = fallback.getAnnotation(WasmFallbackNeeds.class);
    return needs == null || isPresent(needs.type(), fallback.getDeclaringClass().getClassLoader())
        ? null
        : needs.value();
  }

  private static boolean isPresent(String type, ClassLoader loader) {
    try {
      Class.forName(type, false, loader);
      return true;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }

  /** {@code formatAll} becomes {@code format_all}. */
  public static String snakeCase(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
