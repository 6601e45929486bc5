package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.module.WasmJavaFallback;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A {@link io.github.wasmspring.WasmFallback} method as a fallback. */
final class FallbackMethod implements WasmJavaFallback {

  private final ModuleMethod method;

  FallbackMethod(Method method, Supplier<Object> bean) {
    this.method = new ModuleMethod(method, bean);
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
