package io.github.wasmspring.code;

import org.jspecify.annotations.Nullable;

/**
 * A Java function that code may call. It runs on the thread that runs the code, within its time.
 */
@FunctionalInterface
public interface CodeFunction {

  /**
   * @return {@code byte[]}, which becomes a {@code Uint8Array}; anything else as JSON; {@code null}
   *     for undefined
   * @throws Exception the call throws an error in the code: with its message if it is an {@link
   *     IllegalArgumentException}, else with one that says nothing
   */
  @Nullable Object call(CodeArguments arguments) throws Exception;
}
