package io.github.wasmspring.internal.fallback;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.WasmQuarantine;
import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.module.WasmModuleSettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps calls of one operation from the module once that has failed again and again, so that nobody
 * waits for a deadline that will pass as it did before. After some time one call is let through,
 * the probe: if it is answered, so are all others again, else the time doubles. Known as a circuit
 * breaker, which counts failures in a row here.
 */
final class CountedQuarantine extends Quarantine {

  private static final Logger logger = LoggerFactory.getLogger(Quarantine.class);

  private final WasmCallId call;
  private final WasmModuleSettings.Quarantine settings;
  private final WasmEventPublisher events;
  private final LongSupplier nanoTime;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicReference<@Nullable Spell> spell = new AtomicReference<>();

  /**
   * A time without calls; none of its parts changes.
   *
   * @param begin nanoseconds of the clock
   * @param probeAt when a call may be let through
   * @param nanos how long it lasts until then
   * @param probing whether one has been
   */
  private record Spell(
      long begin,
      long probeAt,
      long nanos,
      int failures,
      WasmErrorCategory category,
      String message,
      boolean probing) {

    Spell with(long probeAt, boolean probing) {
      return new Spell(
          this.begin, probeAt, this.nanos, this.failures, this.category, this.message, probing);
    }
  }

  /** What a call has that is let through. */
  private static final class Probe extends Pass {

    private final Spell spell;

    private Probe(Spell spell) {
      this.spell = spell;
    }
  }

  CountedQuarantine(
      WasmCallId call,
      WasmModuleSettings.Quarantine settings,
      WasmEventPublisher events,
      LongSupplier nanoTime) {
    this.call = call;
    this.settings = settings;
    this.events = events;
    this.nanoTime = nanoTime;
  }

  @Override
  public boolean isOn() {
    return this.spell.get() != null;
  }

  @Override
  public Pass enter() {
    for (; ; ) {
      Spell current = this.spell.get();
      if (current == null) {
        return Pass.ORDINARY;
      }
      long now = this.nanoTime.getAsLong();
      if (current.probing() || now - current.probeAt() < 0) {
        throw refusal(current, now);
      }
      Spell probe = current.with(current.probeAt(), true);
      if (this.spell.compareAndSet(current, probe)) {
        return new Probe(probe);
      }
    }
  }

  @Override
  public void answered() {
    if (this.failures.get() != 0) {
      this.failures.set(0);
    }
  }

  @Override
  public void answered(Pass pass) {
    if (!(pass instanceof Probe probe)) {
      answered();
    } else if (this.spell.compareAndSet(probe.spell, null)) {
      released(probe.spell);
    }
  }

  @Override
  void count(Pass pass, WasmException failure) {
    if (pass instanceof Probe probe) {
      probeFailed(probe.spell, failure);
    } else if (this.settings.failures() > 0) {
      int inARow = this.failures.incrementAndGet();
      if (inARow >= this.settings.failures()) {
        begin(failure, inARow);
      }
    }
  }

  @Override
  public void undecided(Pass pass) {
    if (pass instanceof Probe probe) {
      this.spell.compareAndSet(probe.spell, probe.spell.with(this.nanoTime.getAsLong(), false));
    }
  }

  private void begin(WasmException failure, int inARow) {
    long now = this.nanoTime.getAsLong();
    long nanos = this.settings.time().toNanos();
    Spell first =
        new Spell(now, now + nanos, nanos, inARow, failure.category(), failure.detail(), false);
    if (!this.spell.compareAndSet(null, first)) {
      return;
    }
    logger.warn(
        "'{}' of module '{}' {} is in quarantine, as it failed {} times in a row, the last time with {}: {}. "
            + "Its calls are refused, or answered by Java where it has a fallback; in {} ms one is let through, and if that works, all are. "
            + "The action 'release' of /actuator/wasm/{} ends it at once; {}=0 turns it off",
        this.call.export(),
        this.call.module(),
        this.call.version(),
        first.failures(),
        first.category(),
        first.message(),
        this.settings.time().toMillis(),
        this.call.module(),
        ModuleProperty.of(this.call.module(), "quarantine.failures"));
    this.events.publish(
        new WasmEvent.OperationQuarantined(
            this.call.module(),
            this.call.version(),
            this.call.export(),
            first.category(),
            first.message(),
            first.failures()));
  }

  private void probeFailed(Spell probe, WasmException failure) {
    long now = this.nanoTime.getAsLong();
    long longest = Math.max(probe.nanos(), this.settings.maxTime().toNanos());
    long nanos = probe.nanos() > longest / 2 ? longest : 2 * probe.nanos();
    this.spell.compareAndSet(
        probe,
        new Spell(
            probe.begin(),
            now + nanos,
            nanos,
            probe.failures() + 1,
            failure.category(),
            failure.detail(),
            false));
  }

  @Override
  void release() {
    Spell ended = this.spell.getAndSet(null);
    if (ended != null) {
      released(ended);
    } else {
      this.failures.set(0);
    }
  }

  private void released(Spell ended) {
    this.failures.set(0);
    Duration lasted = Duration.ofNanos(this.nanoTime.getAsLong() - ended.begin());
    logger.info(
        "'{}' of module '{}' {} is out of quarantine after {} ms",
        this.call.export(),
        this.call.module(),
        this.call.version(),
        lasted.toMillis());
    this.events.publish(
        new WasmEvent.OperationReleased(
            this.call.module(), this.call.version(), this.call.export(), lasted));
  }

  private WasmException refusal(Spell current, long now) {
    return new WasmExecutionException(
        WasmErrorCategory.QUARANTINED,
        "the module has failed %d times in a row, the last time with %s (%s), and is not asked %s"
            .formatted(
                current.failures(),
                current.category(),
                current.message(),
                current.probing()
                    ? "until the call that probes it has ended"
                    : "for another %d ms".formatted((current.probeAt() - now) / 1_000_000)),
        null);
  }

  @Override
  @Nullable WasmQuarantine status() {
    Spell current = this.spell.get();
    if (current == null) {
      return null;
    }
    long now = this.nanoTime.getAsLong();
    return new WasmQuarantine(
        this.call.export(),
        current.category(),
        current.message(),
        current.failures(),
        Duration.ofNanos(now - current.begin()),
        Duration.ofNanos(current.probing() ? 0 : Math.max(0, current.probeAt() - now)));
  }
}
