package io.github.wasmspring.call;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.pool.PooledInstance;
import org.jspecify.annotations.Nullable;

/** The plan by which one operation of a module is called; used by many threads. */
@FunctionalInterface
public interface WasmInvocation {

  /**
   * @param instance lent to the calling thread, with a call begun
   * @param arguments as the operation's parameters declare them
   * @return the answer, as the operation's return type declares it; {@code null} for {@code void}
   * @throws WasmException if the arguments can't be passed or the guest gives no answer
   */
  @Nullable Object invoke(PooledInstance instance, @Nullable Object[] arguments);
}
