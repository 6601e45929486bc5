package io.github.wasmspring.internal.fallback;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.WasmCircuitBreaker;
import io.github.wasmspring.fallback.WasmQuarantine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That of a module whose calls a circuit breaker of the application's decides about, all operations
 * together. What becomes of the breaker is seen when calls come and go; between them it may have
 * opened or closed without anybody being told.
 */
final class BreakerQuarantine extends Quarantine {

  private static final Logger logger = LoggerFactory.getLogger(Quarantine.class);

  private final WasmCallId module;
  private final String name;
  private final WasmCircuitBreaker breaker;
  private final WasmEventPublisher events;
  private final LongSupplier nanoTime;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicReference<@Nullable Spell> spell = new AtomicReference<>();
  private volatile @Nullable WasmException last;

  /**
   * A time in which the breaker was not closed.
   *
   * @param begin nanoseconds of the clock
   */
  private record Spell(long begin, WasmErrorCategory category, String message, int failures) {}

  private static final class Permission extends Pass {

    private final long begun;

    private Permission(long begun) {
      this.begun = begun;
    }
  }

  /**
   * @param module with {@link WasmQuarantine#ALL} for its operation
   * @param name of the breaker, for people
   */
  BreakerQuarantine(
      WasmCallId module,
      String name,
      WasmCircuitBreaker breaker,
      WasmEventPublisher events,
      LongSupplier nanoTime) {
    this.module = module;
    this.name = name;
    this.breaker = breaker;
    this.events = events;
    this.nanoTime = nanoTime;
  }

  @Override
  public boolean isOn() {
    return this.breaker.state() != WasmCircuitBreaker.State.CLOSED;
  }

  @Override
  public Pass enter() {
    if (!this.breaker.mayCall()) {
      begin();
      throw new WasmExecutionException(
          WasmErrorCategory.QUARANTINED,
          "the circuit breaker '%s' is %s%s, and the module is not asked"
              .formatted(this.name, this.breaker.state(), lastFailure()),
          null);
    }
    return new Permission(this.nanoTime.getAsLong());
  }

  private String lastFailure() {
    WasmException failure = this.last;
    return failure == null
        ? ""
        : " after a failure with %s (%s)".formatted(failure.category(), failure.detail());
  }

  @Override
  public void answered() {
    answered(Pass.ORDINARY);
  }

  @Override
  public void answered(Pass pass) {
    this.breaker.succeeded(since(pass));
    this.failures.set(0);
    endIfClosed();
  }

  private Duration since(Pass pass) {
    return pass instanceof Permission permission
        ? Duration.ofNanos(Math.max(0, this.nanoTime.getAsLong() - permission.begun))
        : Duration.ZERO;
  }

  @Override
  void count(Pass pass, WasmException failure) {
    this.last = failure;
    this.failures.incrementAndGet();
    this.breaker.failed(since(pass), failure);
    if (this.breaker.state() == WasmCircuitBreaker.State.OPEN) {
      begin();
    }
  }

  @Override
  public void undecided(Pass pass) {
    if (pass instanceof Permission) {
      this.breaker.undecided();
    }
  }

  private void begin() {
    if (this.spell.get() != null) {
      return;
    }
    WasmException failure = this.last;
    Spell first =
        new Spell(
            this.nanoTime.getAsLong(),
            failure == null ? WasmErrorCategory.QUARANTINED : failure.category(),
            failure == null ? "opened by somebody else" : failure.detail(),
            this.failures.get());
    if (!this.spell.compareAndSet(null, first)) {
      return;
    }
    logger.warn(
        "Module '{}' {} is in quarantine, as the circuit breaker '{}' is open: {} ({}). "
            + "Its calls are refused, or answered by Java where they have a fallback. "
            + "The action 'release' of /actuator/wasm/{} resets the breaker",
        this.module.module(),
        this.module.version(),
        this.name,
        first.category(),
        first.message(),
        this.module.module());
    this.events.publish(
        new WasmEvent.OperationQuarantined(
            this.module.module(),
            this.module.version(),
            this.module.export(),
            first.category(),
            first.message(),
            first.failures()));
  }

  private void endIfClosed() {
    Spell current = this.spell.get();
    if (current != null && !isOn() && this.spell.compareAndSet(current, null)) {
      Duration lasted = Duration.ofNanos(this.nanoTime.getAsLong() - current.begin());
      logger.info(
          "Module '{}' {} is out of quarantine after {} ms",
          this.module.module(),
          this.module.version(),
          lasted.toMillis());
      this.events.publish(
          new WasmEvent.OperationReleased(
              this.module.module(), this.module.version(), this.module.export(), lasted));
    }
  }

  @Override
  void release() {
    this.breaker.reset();
    begunAnew();
  }

  @Override
  void renew() {
    this.breaker.renew();
    begunAnew();
  }

  private void begunAnew() {
    this.failures.set(0);
    endIfClosed();
  }

  @Override
  @Nullable WasmQuarantine status() {
    WasmCircuitBreaker.State state = this.breaker.state();
    if (state == WasmCircuitBreaker.State.CLOSED) {
      endIfClosed();
      return null;
    }
    begin();
    Spell current = this.spell.get();
    if (current == null) {
      return null;
    }
    long lasted = this.nanoTime.getAsLong() - current.begin();
    long probeIn =
        state == WasmCircuitBreaker.State.OPEN
            ? Math.max(0, this.breaker.openFor().toNanos() - lasted)
            : 0;
    return new WasmQuarantine(
        this.module.export(),
        current.category(),
        current.message(),
        current.failures(),
        Duration.ofNanos(lasted),
        Duration.ofNanos(probeIn));
  }
}
