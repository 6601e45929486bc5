package io.github.wasmspring.sqlite.tools;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A few connections that stay open; each is given to the one who waits longest. */
final class TestPool implements DataSource, AutoCloseable {

  private final List<Connection> all = new ArrayList<>();
  private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();

  private boolean commits = true;

  private TestPool() {}

  /** Connections that commit nothing by themselves, and are rolled back when they come back. */
  static TestPool withoutAutoCommit(String url) throws SQLException {
    TestPool pool = new TestPool(url, 1);
    pool.commits = false;
    pool.physical(0).setAutoCommit(false);
    return pool;
  }

  /** A pool of one that is open already. */
  static TestPool of(Connection connection) {
    TestPool pool = new TestPool();
    pool.all.add(connection);
    pool.idle.add(connection);
    return pool;
  }

  TestPool(String url, int size) throws SQLException {
    for (int i = 0; i < size; i++) {
      Connection connection = DriverManager.getConnection(url);
      this.all.add(connection);
      this.idle.add(connection);
    }
  }

  /** For what a test does without the pool. */
  Connection physical(int number) {
    return this.all.get(number);
  }

  int idle() {
    return this.idle.size();
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      Connection connection = this.idle.poll(10, TimeUnit.SECONDS);
      if (connection == null) {
        throw new SQLException("No connection is given back");
      }
      return proxy(connection);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SQLException(interrupted);
    }
  }

  private Connection proxy(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            TestPool.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                if (!this.commits) {
                  connection.rollback();
                }
                this.idle.add(connection);
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getTargetException();
              }
            });
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : this.all) {
      connection.close();
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter writer) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("no wrapper");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
