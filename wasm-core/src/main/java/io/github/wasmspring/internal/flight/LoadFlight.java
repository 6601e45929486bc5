package io.github.wasmspring.internal.flight;

import io.github.wasmspring.WasmErrorCategory;
import org.jspecify.annotations.Nullable;

/** A module that is being loaded or compiled. */
public interface LoadFlight {

  /** Nobody wants to know. */
  LoadFlight NONE = (engine, digest, failure) -> {};

  /**
   * That has ended, on the thread that it began on.
   *
   * @param engine {@code null} if it is not known
   * @param digest of the bytes, {@code null} if it is not known
   * @param failure {@code null} if the module can be called
   */
  void ended(@Nullable String engine, @Nullable String digest, @Nullable WasmErrorCategory failure);
}
