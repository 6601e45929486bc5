package io.github.wasmspring.sqlite.tools;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection whose transaction is somebody else's to end. */
final class TransactionGuard implements InvocationHandler {

  private static final Set<String> REFUSED =
      Set.of("commit", "setAutoCommit", "close", "abort", "setReadOnly");

  private final Connection connection;

  private TransactionGuard(Connection connection) {
    this.connection = connection;
  }

  static Connection of(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            TransactionGuard.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new TransactionGuard(connection));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    String name = method.getName();
    if (method.getDeclaringClass() == Object.class && name.equals("equals")) {
      return arguments != null && proxy == arguments[0];
    }
    boolean rollsBack = name.equals("rollback") && method.getParameterCount() == 0;
    if (rollsBack || REFUSED.contains(name)) {
      throw new SQLException(
          "%s is not for what runs in a transaction of SqliteTools; return to commit, throw to roll back"
              .formatted(name),
          "25000");
    }
    try {
      return method.invoke(this.connection, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getTargetException();
    }
  }
}
