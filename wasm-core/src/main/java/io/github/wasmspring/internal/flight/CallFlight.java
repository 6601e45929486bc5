package io.github.wasmspring.internal.flight;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmSource;
import org.jspecify.annotations.Nullable;

/** A call that has begun and is recorded. */
public interface CallFlight {

  /**
   * It ends, on the thread that it began on.
   *
   * @param failure what is thrown to the caller, {@code null} if the call was answered
   */
  void ended(String engine, WasmSource source, @Nullable WasmException failure);
}
