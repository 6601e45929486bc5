package io.github.wasmspring.internal.client;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A default method of a proxy's interface, which need not be public; {@link
 * java.lang.reflect.InvocationHandler#invokeDefault} can't call those of other packages.
 */
final class DefaultMethod {

  private static final @Nullable Object[] NONE = {};

  private final Supplier<?> proxy;
  private final Method method;
  private final MethodHandles.Lookup lookup;
  private @Nullable MethodHandle handle;

  /**
   * @param proxy asked when the method is called for the first time
   */
  DefaultMethod(Supplier<?> proxy, Method method) {
    this.proxy = proxy;
    this.method = method;
    Class<?> declaring = method.getDeclaringClass();
    try {
      this.lookup = MethodHandles.privateLookupIn(declaring, MethodHandles.lookup());
    } catch (IllegalAccessException closed) {
      throw new IllegalArgumentException(
          "%s can't be called; its module must open the package %s"
              .formatted(method, declaring.getPackageName()),
          closed);
    }
  }

  @Nullable Object invoke(@Nullable Object @Nullable [] arguments) throws Throwable {
    MethodHandle found = this.handle;
    if (found == null) {
      found = find();
      this.handle = found;
    }
    @Nullable Object[] given = arguments == null ? NONE : arguments;
    return found.invoke(given);
  }

  /** Only when it is needed: the handles of a large interface cost a cold JVM 15 milliseconds. */
  private MethodHandle find() throws IllegalAccessException {
    return this.lookup
        .unreflectSpecial(this.method, this.method.getDeclaringClass())
        .bindTo(this.proxy.get())
        .asSpreader(Object[].class, this.method.getParameterCount());
  }
}
