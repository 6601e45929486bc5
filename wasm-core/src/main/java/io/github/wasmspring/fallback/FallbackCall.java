package io.github.wasmspring.fallback;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.module.WasmJavaFallback;
import org.jspecify.annotations.Nullable;

/** Runs a Java fallback so that whatever it throws is one of our failures. */
public final class FallbackCall {

  private FallbackCall() {}

  /**
   * @throws WasmException what the fallback threw itself, or {@code ENGINE} around any other
   *     exception of it
   */
  public static @Nullable Object call(WasmJavaFallback fallback, @Nullable Object[] arguments) {
    try {
      return fallback.call(arguments);
    } catch (WasmException answer) {
      throw answer;
    } catch (Error error) {
      throw error;
    } catch (Throwable failure) {
      throw new WasmExecutionException(
          WasmErrorCategory.ENGINE, "the Java fallback failed: " + failure, failure);
    }
  }
}
