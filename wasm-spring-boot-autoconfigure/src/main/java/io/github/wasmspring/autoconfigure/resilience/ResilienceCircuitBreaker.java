package io.github.wasmspring.autoconfigure.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.fallback.WasmCircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One of resilience4j. */
final class ResilienceCircuitBreaker implements WasmCircuitBreaker {

  private final CircuitBreaker breaker;

  ResilienceCircuitBreaker(CircuitBreaker breaker) {
    this.breaker = breaker;
  }

  @Override
  public boolean mayCall() {
    return this.breaker.tryAcquirePermission();
  }

  @Override
  public void succeeded(Duration duration) {
    this.breaker.onSuccess(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void failed(Duration duration, WasmException failure) {
    this.breaker.onError(duration.toNanos(), TimeUnit.NANOSECONDS, failure);
  }

  @Override
  public void undecided() {
    this.breaker.releasePermission();
  }

  /** One that is disabled, or only measures, lets all calls through. */
  @Override
  public State state() {
    return switch (this.breaker.getState()) {
      case OPEN, FORCED_OPEN -> State.OPEN;
      case HALF_OPEN -> State.HALF_OPEN;
      case CLOSED, DISABLED, METRICS_ONLY -> State.CLOSED;
    };
  }

  @Override
  public Duration openFor() {
    return Duration.ofMillis(
        this.breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState().apply(1));
  }

  @Override
  public void reset() {
    this.breaker.reset();
  }

  @Override
  public void renew() {
    switch (this.breaker.getState()) {
      case OPEN, HALF_OPEN, CLOSED -> reset();
      case FORCED_OPEN, DISABLED, METRICS_ONLY -> {}
    }
  }
}
