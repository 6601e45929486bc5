package io.github.wasmspring.pool;

import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.engine.WasmInstance;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An instance in the hands of one borrower, while a call of it runs. */
public interface WasmBorrowedInstance {

  /**
   * Runs an exported function.
   *
   * @param function its index
   * @param arguments one element per parameter; {@code f32} and {@code f64} as their raw bits
   * @return one element per result in the same form
   * @throws WasmExecutionException if the guest does not come to an answer
   */
  long[] call(int function, long... arguments);

  /** {@code null} if the module has no memory. */
  @Nullable WasmMemory memory();

  /** See {@link WasmInstance#attribute}. */
  <T> T attribute(Class<T> type, Supplier<T> initial);

  /**
   * The instance to call functions of directly, {@code null} if its calls run on a stack of its
   * own.
   */
  @Nullable WasmInstance direct();

  /**
   * The guest has done what it does once in its life: the instance goes to nobody else as it is,
   * only reset.
   */
  void spend();

  boolean isSpent();
}
