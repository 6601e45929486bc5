package io.github.wasmspring.event;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmSource;
import org.jspecify.annotations.Nullable;

/**
 * Surrounds calls, for traces. Unlike a {@link WasmCallListener} it is told of a call before it
 * begins, so that what happens during the call can be told to belong to it.
 */
public interface WasmCallObserver {

  /**
   * Whether calls are observed now. Asked before each call that takes a microsecond anyway, and
   * before methods of numbers only begin to be called in the quick way, which nobody observes.
   */
  boolean isActive();

  /**
   * A call begins on this thread.
   *
   * @return is told of its end
   */
  Observed begin(WasmCallId call);

  /** A call that has begun. */
  interface Observed {

    /**
     * It ends, on the thread that it began on.
     *
     * @param engine the engine that ran it, {@code java} for a fallback
     * @param source who answered or, for a failed call, was asked last
     * @param failure what is thrown to the caller, {@code null} if the call was answered
     * @param hidden what a fallback answered in place of, {@code null} if nothing was hidden
     */
    void end(
        String engine,
        WasmSource source,
        @Nullable WasmException failure,
        @Nullable WasmException hidden);
  }
}
