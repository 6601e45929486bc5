package io.github.wasmspring.module;

import org.jspecify.annotations.Nullable;

/** The same operation in Java. */
@FunctionalInterface
public interface WasmJavaFallback {

  /**
   * @param arguments as the operation's parameters declare them
   */
  @Nullable Object call(@Nullable Object[] arguments) throws Throwable;

  /**
   * Why this can't answer for an operation, for people; {@code null} if it can, or if that shows
   * only when it is called.
   */
  default @Nullable String unfitFor(WasmOperation operation) {
    return null;
  }

  /**
   * The library that this needs and that is not on the class path, as {@code group:artifact};
   * {@code null} if nothing is missing. With something missing this is never called.
   */
  default @Nullable String missingLibrary() {
    return null;
  }
}
