package io.github.wasmspring.memory;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/** A database whose connections break down when they are told to. */
final class FaultyDataSource {

  private final SQLiteDataSource real = new SQLiteDataSource();

  /** What the next commit does. */
  volatile Fault nextCommit = Fault.NONE;

  volatile boolean refusesConnections;

  enum Fault {
    NONE,
    /** The connection is gone, and nothing was written. */
    BREAKS_BEFORE,
    /** The connection is gone, and everything was written. */
    BREAKS_AFTER,
    /** Nothing was written, and the connection goes on. */
    REFUSES,
    /** The connection is gone, nothing was written, and there is no other one. */
    LEAVES_ALONE
  }

  FaultyDataSource(Path file) {
    this.real.setUrl("jdbc:sqlite:" + file);
  }

  DataSource source() {
    return proxy(
        DataSource.class,
        (method, call) -> {
          Object answer = call.run();
          if (!method.equals("getConnection")) {
            return answer;
          }
          if (this.refusesConnections) {
            ((Connection) answer).close();
            throw new SQLException("There are no connections", "08001");
          }
          return connection((Connection) answer);
        },
        this.real);
  }

  /** Whatever connections a test makes. */
  static DataSource of(Callable<Connection> connections) {
    return (DataSource)
        Proxy.newProxyInstance(
            FaultyDataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> connections.call());
  }

  /** The same, with a count of those that are open. */
  static DataSource counted(AtomicInteger open, Callable<Connection> connections) {
    return of(
        () -> {
          Connection real = connections.call();
          open.incrementAndGet();
          return proxy(
              Connection.class,
              (method, call) -> {
                if (method.equals("close")) {
                  open.decrementAndGet();
                }
                return call.run();
              },
              real);
        });
  }

  private Connection connection(Connection real) {
    return proxy(
        Connection.class,
        (method, call) -> method.equals("commit") ? commit(real, call) : call.run(),
        real);
  }

  private Object commit(Connection real, Call call) throws Throwable {
    Fault fault = this.nextCommit;
    this.nextCommit = Fault.NONE;
    switch (fault) {
      case NONE -> {
        return call.run();
      }
      case BREAKS_AFTER -> call.run();
      default -> {}
    }
    if (fault == Fault.LEAVES_ALONE) {
      this.refusesConnections = true;
    }
    if (fault != Fault.REFUSES) {
      real.close();
    }
    throw new SQLException("This is what the test wants", "08006");
  }

  /** Calls what is behind a proxy. */
  private interface Call {
    Object run() throws Throwable;
  }

  /** What a proxy does. */
  private interface Behaviour {
    Object answer(String method, Call call) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Behaviour behaviour, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            FaultyDataSource.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                behaviour.answer(
                    method.getName(),
                    () -> {
                      try {
                        return method.invoke(real, arguments);
                      } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                      }
                    })));
  }
}
