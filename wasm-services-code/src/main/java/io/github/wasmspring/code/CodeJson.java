package io.github.wasmspring.code;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** How Java values become JSON for code that is run, and back. For many threads. */
public interface CodeJson {

  /**
   * @throws RuntimeException if the value can't be JSON
   */
  String write(@Nullable Object value);

  /**
   * @return {@code null} for {@code null}
   * @throws RuntimeException if the JSON is not of the type
   */
  <T> @Nullable T read(String json, Type type);
}
