package io.github.wasmspring.event;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmSource;
import org.jspecify.annotations.Nullable;

/** Told of every single call, on its thread; must be quick and allocate little. */
public interface WasmCallListener {

  /**
   * @param call which operation of which module was called
   * @param engine the engine that ran it, {@code java} for a fallback
   * @param source who answered or, for a failed call, was asked last
   * @param failure what is thrown to the caller, {@code null} if the call was answered
   * @param nanos how long it took
   */
  void onCall(
      WasmCallId call,
      String engine,
      WasmSource source,
      @Nullable WasmException failure,
      long nanos);
}
