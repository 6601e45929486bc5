package io.github.wasmspring.internal.load;

import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.event.WasmWork;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how far one piece of work is: listeners twice a second at most, and the log after five
 * seconds and then every ten. Of what is quick nobody hears.
 */
public final class WorkProgress {

  private static final Logger logger = LoggerFactory.getLogger(WorkProgress.class);

  private static final long TELL_NANOS = Duration.ofMillis(500).toNanos();
  private static final long FIRST_LOG_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long LOG_NANOS = Duration.ofSeconds(10).toNanos();

  private final WasmEventPublisher events;
  private final WasmWork work;
  private final LongSupplier clock;
  private long nextTold;
  private long nextLogged;
  private boolean told;
  private boolean ended;

  /** It begins now. */
  public WorkProgress(WasmEventPublisher events, WasmWork work) {
    this(events, work, System::nanoTime);
  }

  WorkProgress(WasmEventPublisher events, WasmWork work, LongSupplier clock) {
    this.events = events;
    this.work = work;
    this.clock = clock;
    long now = clock.getAsLong();
    this.nextTold = now + TELL_NANOS;
    this.nextLogged = now + FIRST_LOG_NANOS;
  }

  /**
   * It has come so far; may be called as often as it has.
   *
   * @param total how much there is to do, {@link WasmEvent.ModuleProgressed#UNKNOWN} if nobody
   *     knows
   */
  public synchronized void advance(String module, String version, long done, long total) {
    long now = this.clock.getAsLong();
    if (this.ended || now - this.nextTold < 0) {
      return;
    }
    this.nextTold = now + TELL_NANOS;
    this.told = true;
    WasmEvent.ModuleProgressed event =
        new WasmEvent.ModuleProgressed(module, version, this.work, done, total);
    this.events.publish(event);
    if (now - this.nextLogged >= 0) {
      this.nextLogged = now + LOG_NANOS;
      logger.info("{} {} {}: {}", this.work.title(), module, version, event.text());
    }
  }

  /** It is over; told only if it was told that it was under way. */
  public synchronized void end(String module, String version, long total) {
    this.ended = true;
    if (this.told) {
      this.events.publish(new WasmEvent.ModuleProgressed(module, version, this.work, total, total));
    }
  }
}
