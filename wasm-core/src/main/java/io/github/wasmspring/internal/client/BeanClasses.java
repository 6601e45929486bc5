package io.github.wasmspring.internal.client;

import io.github.wasmspring.internal.engine.RuntimeClasses;
import io.github.wasmspring.module.WasmOperations;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a class for each interface whose methods call modules. A JDK proxy would find the method of
 * each call in a map and box all numbers, which takes longer than all else that such a call is.
 * Unlike a hidden class, or one that is final, this one can be extended, as Spring AOP does.
 */
final class BeanClasses {

  private static final Logger logger = LoggerFactory.getLogger(BeanClasses.class);

  /** Not with two dollars, by which Spring AOP knows classes of CGLIB. */
  private static final String SUFFIX = "$WasmModule";

  private static final ClassValue<Generated> CLASSES =
      new ClassValue<>() {
        @Override
        protected Generated computeValue(Class<?> type) {
          return generate(type);
        }
      };

  /**
   * @param constructor {@code null} if there can be no class for the interface
   * @param methods in the order in which the constructor takes them
   */
  private record Generated(@Nullable Constructor<?> constructor, List<Method> methods) {}

  private BeanClasses() {}

  /**
   * @param calls what the methods do
   * @param description what the object calls itself
   * @return {@code null} if there can be no class for the interface
   */
  static <T> @Nullable T create(Class<T> type, Map<Method, BeanMethod> calls, String description) {
    Generated generated = CLASSES.get(type);
    if (generated.constructor() == null) {
      return null;
    }
    BeanMethod[] methods = generated.methods().stream().map(calls::get).toArray(BeanMethod[]::new);
    try {
      return type.cast(generated.constructor().newInstance(methods, description));
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Generated generate(Class<?> type) {
    List<Method> methods = methods(type);
    try {
      if (!RuntimeClasses.arePossible() || !seesBeanMethods(type)) {
        return new Generated(null, methods);
      }
      Class<?> bean =
          MethodHandles.privateLookupIn(type, MethodHandles.lookup())
              .defineClass(BeanClassWriter.write(type, SUFFIX, methods));
      Constructor<?> constructor = bean.getConstructor(BeanMethod[].class, String.class);
      constructor.setAccessible(true);
      return new Generated(constructor, methods);
    } catch (ReflectiveOperationException | LinkageError | RuntimeException closed) {
      logger.debug("{} is called through a JDK proxy", type.getName(), closed);
      return new Generated(null, methods);
    }
  }

  /** One of each signature: an interface may inherit a method from several others. */
  private static List<Method> methods(Class<?> type) {
    Map<String, Method> bySignature = new LinkedHashMap<>();
    for (Method method : WasmOperations.methods(type)) {
      bySignature.putIfAbsent(method.getName() + Type.getMethodDescriptor(method), method);
    }
    return List.copyOf(bySignature.values());
  }

  private static boolean seesBeanMethods(Class<?> type) throws ClassNotFoundException {
    return type.getClassLoader() != null
        && Class.forName(BeanMethod.class.getName(), false, type.getClassLoader())
            == BeanMethod.class;
  }
}
