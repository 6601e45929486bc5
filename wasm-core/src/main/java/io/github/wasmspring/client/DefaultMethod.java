package io.github.wasmspring.client;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A default method of a proxy's interface, which need not be public; {@link
 * java.lang.reflect.InvocationHandler#invokeDefault} can't call those of other packages.
 */
final class DefaultMethod {

  private static final Object[] NONE = {};

  private final MethodHandle handle;

  DefaultMethod(Object proxy, Method method) {
    Class<?> declaring = method.getDeclaringClass();
    try {
      this.handle =
          MethodHandles.privateLookupIn(declaring, MethodHandles.lookup())
              .unreflectSpecial(method, declaring)
              .bindTo(proxy)
              .asSpreader(Object[].class, method.getParameterCount());
    } catch (IllegalAccessException closed) {
      throw new IllegalArgumentException(
          "%s can't be called; its module must open the package %s"
              .formatted(method, declaring.getPackageName()),
          closed);
    }
  }

  @Nullable Object invoke(@Nullable Object @Nullable [] arguments) throws Throwable {
    return this.handle.invoke(arguments == null ? NONE : arguments);
  }
}
