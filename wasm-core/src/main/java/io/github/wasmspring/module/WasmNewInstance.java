package io.github.wasmspring.module;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmException;
import org.jspecify.annotations.Nullable;

/** An instance that is being prepared; what it has then is what all instances begin with. */
public interface WasmNewInstance extends WasmCaller {

  /**
   * Calls an operation, whose arguments cross as the convention of the module says.
   *
   * @param operation the name of the export
   * @param answer the type of the answer, {@code void.class} for none
   * @return {@code null} where there is no answer
   * @throws WasmException if there is no such operation, the arguments do not fit it, or the guest
   *     does not come to an answer
   */
  <T> @Nullable T execute(String operation, Class<T> answer, @Nullable Object... arguments);
}
