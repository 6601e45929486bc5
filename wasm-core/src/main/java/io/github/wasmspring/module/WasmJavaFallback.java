package io.github.wasmspring.module;

import org.jspecify.annotations.Nullable;

/** The same operation in Java. */
@FunctionalInterface
public interface WasmJavaFallback {

  /**
   * @param arguments as the operation's parameters declare them
   */
  @Nullable Object call(@Nullable Object[] arguments) throws Throwable;
}
