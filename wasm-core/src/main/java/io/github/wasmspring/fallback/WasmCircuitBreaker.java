package io.github.wasmspring.fallback;

import io.github.wasmspring.WasmException;
import java.time.Duration;

/**
 * A circuit breaker of the application's, which takes the place of the quarantine of those modules
 * that name it. Used by many threads. Calls that are let through are followed by one of {@link
 * #succeeded}, {@link #failed} and {@link #undecided}.
 */
public interface WasmCircuitBreaker {

  /** Whether calls are let through. */
  enum State {
    /** All are. */
    CLOSED,
    /** Some are, to see whether the module answers again. */
    HALF_OPEN,
    /** None is. */
    OPEN
  }

  /**
   * A call wants to go to the module.
   *
   * @return whether it may
   */
  boolean mayCall();

  /**
   * The module has answered, be it with an error of its own.
   *
   * @param duration of the call
   */
  void succeeded(Duration duration);

  /**
   * The module has failed.
   *
   * @param duration of the call
   */
  void failed(Duration duration, WasmException failure);

  /**
   * Nothing can be told from how the call ended: it was the caller's doing, or there was no room.
   */
  void undecided();

  State state();

  /** How long it stays open at first before calls are let through. */
  Duration openFor();

  /** Begins anew, closed, because somebody says so. */
  void reset();

  /** The same because the module is another one now; what people have decided about it stays. */
  default void renew() {
    reset();
  }
}
