package io.github.wasmspring.data;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.util.Map;

/** A result set with one column and one row, of which a test says what a driver would. */
final class ResultSetStub {

  private ResultSetStub() {}

  /**
   * @param column what the metadata say, by the names of their methods
   * @param value what each method of the row that reads the column answers with, by its name and
   *     how many arguments it has
   */
  static ResultSet of(Map<String, Object> column, Map<String, Object> value) {
    ResultSetMetaData columns =
        make(
            ResultSetMetaData.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getColumnCount" -> 1;
                  case "getColumnLabel" -> "c";
                  default -> known(column, method.getName());
                });
    boolean[] read = new boolean[1];
    return make(
        ResultSet.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getMetaData" -> columns;
              case "next" -> {
                boolean first = !read[0];
                read[0] = true;
                yield first;
              }
              case "wasNull" -> false;
              default -> known(value, method.getName() + arguments.length);
            });
  }

  private static Object known(Map<String, Object> answers, String name) {
    if (!answers.containsKey(name)) {
      throw new AssertionError("Nobody expects " + name);
    }
    return answers.get(name);
  }

  private static <T> T make(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
