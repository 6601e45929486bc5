package io.github.wasmspring.internal.sqlite.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An interface of JDBC, with hundreds of methods, over an object that has some of them: another
 * throws an exception that names it. One thread at a time is let in, and nobody once the object is
 * closed. A getter by label goes to the one by index.
 */
final class JdbcProxy implements InvocationHandler {

  private static final Set<String> WITHOUT_LOCK = Set.of("cancel", "abort");
  private static final Set<String> WHILE_CLOSED =
      Set.of("close", "isClosed", "isValid", "abort", "cancel");

  /** What becomes of the methods of the interfaces, by the class behind them. */
  private static final ClassValue<Map<Method, Target>> TARGETS =
      new ClassValue<>() {
        @Override
        protected Map<Method, Target> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private final JdbcObject object;
  private final Map<Method, Target> targets;

  /**
   * @param method {@code null} if there is none
   */
  private record Target(@Nullable Method method, boolean byLabel, boolean locks, boolean ifOpen) {}

  private JdbcProxy(JdbcObject object) {
    this.object = object;
    this.targets = TARGETS.get(object.getClass());
  }

  static <T> T of(Class<T> type, JdbcObject object) {
    return type.cast(
        Proxy.newProxyInstance(
            JdbcProxy.class.getClassLoader(), new Class<?>[] {type}, new JdbcProxy(object)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method, arguments);
    }
    Target target = this.targets.get(method);
    if (target == null) {
      target = find(method);
      this.targets.put(method, target);
    }
    return target.method() == null
        ? withoutTarget(proxy, method, arguments)
        : invoke(target, target.method(), arguments);
  }

  private @Nullable Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> this.object.toString();
    };
  }

  private Target find(Method method) {
    String name = method.getName();
    boolean locks = !WITHOUT_LOCK.contains(name);
    boolean ifOpen = !WHILE_CLOSED.contains(name);
    Class<?>[] parameters = method.getParameterTypes();
    Method found = find(name, parameters);
    boolean byLabel =
        found == null
            && name.startsWith("get")
            && parameters.length > 0
            && parameters[0] == String.class;
    if (byLabel) {
      Class<?>[] byIndex = parameters.clone();
      byIndex[0] = int.class;
      found = find(name, byIndex);
    }
    return new Target(found, byLabel, locks, ifOpen);
  }

  private @Nullable Method find(String name, Class<?>[] parameters) {
    try {
      Method found = this.object.getClass().getMethod(name, parameters);
      found.setAccessible(true);
      return found;
    } catch (NoSuchMethodException missing) {
      return null;
    }
  }

  private @Nullable Object invoke(Target target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (!target.locks()) {
      return invoke(method, arguments);
    }
    this.object.lock().lock();
    try {
      if (target.ifOpen()) {
        this.object.requireOpen();
      }
      Object @Nullable [] given = arguments;
      if (target.byLabel() && given != null && this.object instanceof SqliteResultSet rows) {
        given = given.clone();
        given[0] = rows.findColumn((String) given[0]);
      }
      return invoke(method, given);
    } finally {
      this.object.lock().unlock();
    }
  }

  private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(this.object, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getTargetException();
    }
  }

  private @Nullable Object withoutTarget(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "isWrapperFor":
        return arguments != null && arguments[0] instanceof Class<?> type && type.isInstance(proxy);
      case "unwrap":
        return unwrap(proxy, arguments == null ? null : arguments[0]);
      default:
        Object answer = answer(method);
        if (answer != null) {
          return answer;
        }
        if (!method.isDefault()) {
          throw unsupported(method);
        }
    }
    try {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    } catch (UnsupportedOperationException none) {
      throw unsupported(method);
    }
  }

  private @Nullable Object answer(Method method) throws SQLException {
    this.object.lock().lock();
    try {
      return this.object.answer(method);
    } finally {
      this.object.lock().unlock();
    }
  }

  private static Object unwrap(Object proxy, @Nullable Object type) throws SQLException {
    if (type instanceof Class<?> wanted && wanted.isInstance(proxy)) {
      return proxy;
    }
    throw new SQLException("This is no wrapper for " + type, "HY000");
  }

  private static SQLException unsupported(Method method) {
    return new SQLFeatureNotSupportedException(
        "%s.%s is not supported by the driver for SQLite as WebAssembly"
            .formatted(method.getDeclaringClass().getSimpleName(), method.getName()),
        "0A000");
  }
}
