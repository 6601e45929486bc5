package io.github.wasmspring.internal.fallback;

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
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WasmExecutionException(
          WasmErrorCategory.INTERRUPTED, "the Java fallback was interrupted", interrupted);
    } catch (StackOverflowError failure) {
      throw new WasmExecutionException(
          WasmErrorCategory.STACK_OVERFLOW, "the Java fallback recursed too deeply", failure);
    } catch (Error error) {
      throw error;
    } catch (Throwable failure) {
      throw new WasmExecutionException(
          WasmErrorCategory.ENGINE, "the Java fallback failed: " + failure, failure);
    }
  }
}
