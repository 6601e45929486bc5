package io.github.wasmspring.convention;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.pool.WasmBorrowedInstance;
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
  @Nullable Object invoke(WasmBorrowedInstance instance, @Nullable Object[] arguments);

  /**
   * The index of the exported function if calling it with the arguments as they are, and taking its
   * result as it is, is all there is to it; otherwise -1.
   */
  default int plainExport() {
    return -1;
  }
}
