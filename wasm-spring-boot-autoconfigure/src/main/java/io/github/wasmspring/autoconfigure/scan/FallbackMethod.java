package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.module.WasmJavaFallback;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmOperations;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** A {@link io.github.wasmspring.WasmFallback} method as a fallback. */
final class FallbackMethod implements WasmJavaFallback {

  private static final List<Class<?>> WIDENING =
      List.of(byte.class, short.class, int.class, long.class, float.class, double.class);

  private final Method declared;
  private final ModuleMethod method;

  FallbackMethod(Method method, Supplier<Object> bean) {
    this.declared = method;
    this.method = new ModuleMethod(method, bean);
  }

  @Override
  public @Nullable String unfitFor(WasmOperation operation) {
    Class<?>[] parameters = this.declared.getParameterTypes();
    if (parameters.length != operation.parameters().size()) {
      return "%s takes %d arguments, not %d"
          .formatted(this.method, parameters.length, operation.parameters().size());
    }
    for (int i = 0; i < parameters.length; i++) {
      Class<?> given = ResolvableType.forType(operation.parameters().get(i).type()).toClass();
      if (!isWidened(given, parameters[i]) && !isPossible(given, parameters[i])) {
        return "%s takes a %s as argument %d, which is a %s"
            .formatted(this.method, parameters[i].getTypeName(), i + 1, given.getTypeName());
      }
    }
    Class<?> wanted = ResolvableType.forType(operation.returnType()).toClass();
    Class<?> answer = this.declared.getReturnType();
    return wanted == void.class || isPossible(wanted, answer)
        ? null
        : "%s does not return a %s".formatted(this.method, wanted.getTypeName());
  }

  @Override
  public @Nullable String missingLibrary() {
    return WasmOperations.missingLibrary(this.declared);
  }

  /** Whether Java makes one number of the other when a method is called. */
  private static boolean isWidened(Class<?> given, Class<?> wanted) {
    int from = WIDENING.indexOf(given);
    return from >= 0 && WIDENING.indexOf(wanted) >= from;
  }

  /** Whether a value may be of both types. */
  private static boolean isPossible(Class<?> one, Class<?> other) {
    Class<?> first = ClassUtils.resolvePrimitiveIfNecessary(one);
    Class<?> second = ClassUtils.resolvePrimitiveIfNecessary(other);
    return first.isAssignableFrom(second) || second.isAssignableFrom(first);
  }

  @Override
  public @Nullable Object call(@Nullable Object[] arguments) throws Throwable {
    if (arguments.length != this.method.parameterCount()) {
      throw new IllegalArgumentException(
          "%s takes %d arguments, but the operation has %d"
              .formatted(this.method, this.method.parameterCount(), arguments.length));
    }
    return this.method.call(arguments);
  }
}
