package io.github.wasmspring.autoconfigure.scan;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.function.SingletonSupplier;

/** A method of a bean that is looked up no earlier than the method is called. */
final class ModuleMethod {

  private final Method method;
  private final SingletonSupplier<MethodHandle> handle;

  ModuleMethod(Method method, Supplier<Object> bean) {
    this.method = method;
    this.handle = SingletonSupplier.of(() -> handle(method, bean));
  }

  private static MethodHandle handle(Method method, Supplier<Object> bean) {
    try {
      if (Modifier.isStatic(method.getModifiers())) {
        return generic(unreflect(method), method);
      }
      Object target = bean.get();
      Method invocable = AopUtils.selectInvocableMethod(method, target.getClass());
      return generic(unreflect(invocable).bindTo(target), method);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static MethodHandle unreflect(Method method) throws IllegalAccessException {
    ReflectionUtils.makeAccessible(method);
    return MethodHandles.lookup().unreflect(method);
  }

  private static MethodHandle generic(MethodHandle handle, Method method) {
    return handle
        .asFixedArity()
        .asSpreader(Object[].class, method.getParameterCount())
        .asType(MethodType.methodType(Object.class, Object[].class));
  }

  /** Calls the method; what it throws is thrown as it is. */
  @Nullable Object call(@Nullable Object[] arguments) throws Throwable {
    return (Object) this.handle.obtain().invokeExact(arguments);
  }

  int parameterCount() {
    return this.method.getParameterCount();
  }

  /** For messages, e.g. {@code void com.example.Llhttp.onUrl(int,int)}. */
  @Override
  public String toString() {
    return this.method.toGenericString();
  }
}
