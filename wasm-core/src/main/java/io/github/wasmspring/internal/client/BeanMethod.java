package io.github.wasmspring.internal.client;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What a generated class calls in one of its methods. Public because such a class is in the package
 * of its interface; not for applications.
 */
public abstract class BeanMethod {

  private final NumberTypes types;

  BeanMethod(Method method) {
    this.types = new NumberTypes(method);
  }

  final NumberTypes types() {
    return this.types;
  }

  /**
   * @param arguments {@code null} for none
   */
  public abstract @Nullable Object invoke(Object @Nullable [] arguments) throws Throwable;

  /** Numbers as their raw bits, here and in the others. */
  public long call() throws Throwable {
    return invokeBoxed();
  }

  public long call(long a) throws Throwable {
    return invokeBoxed(a);
  }

  public long call(long a, long b) throws Throwable {
    return invokeBoxed(a, b);
  }

  public long call(long a, long b, long c) throws Throwable {
    return invokeBoxed(a, b, c);
  }

  public long call(long a, long b, long c, long d) throws Throwable {
    return invokeBoxed(a, b, c, d);
  }

  private long invokeBoxed(long... arguments) throws Throwable {
    return this.types.unbox(invoke(this.types.box(arguments)));
  }

  /** How the generated class turns the bits of an answer into a truth value. */
  public static boolean isTrue(long bits) {
    return NumberTypes.isTrue(bits);
  }
}
