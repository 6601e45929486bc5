package io.github.wasmspring.internal.code;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Java function that code may call. */
@FunctionalInterface
public interface QuickJsFunction {

  /**
   * @param json an array of the arguments, with {@code null} where there are bytes
   * @param bytes by the index of the argument
   * @return {@code byte[]}, JSON as a {@code String}, or {@code null} for nothing
   * @throws Exception the call fails in the code, too
   */
  @Nullable Object call(String json, Map<Integer, byte[]> bytes) throws Exception;
}
