package io.github.wasmspring.monitor;

import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A series of figures, for whoever records many: it need not be looked up again.
 *
 * <p>Threads record without waiting for each other, but for two that share a stripe. What they
 * share is safe for these reasons. A figure goes into the stripe of its thread, under the monitor
 * of that stripe, and leaves it when it is drained under the same monitor: each is counted once.
 * The history is guarded by a lock, which a recording thread only tries for: if another one has it,
 * that one does what is due. Meanwhile its own figure goes into the slice that ends or into the one
 * that begins, which is all the same. {@code due} and {@code fences} are published by volatile
 * writes under the lock; who reads an old one does what is due a little later, and history looks at
 * the time again under the lock, so that nothing is done twice.
 */
public final class MonitoredSeries {

  private final String name;
  private final WorseWhen worse;
  private final FigureScale scale;
  private final Clock clock;
  private final Consumer<RegressionEvent> events;
  private final FigureStripes stripes = new FigureStripes();
  private final OutlierLog outliers = new OutlierLog();
  private final LongAdder refused = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final SeriesHistory history;
  private volatile long due;
  private volatile Fences fences = Fences.NONE;

  /**
   * @param baselineSlices how many slices the window is compared with, 0 for no comparison
   * @param events told of regressions, without a lock
   */
  MonitoredSeries(
      String name,
      WorseWhen worse,
      MonitorSettings settings,
      int baselineSlices,
      Clock clock,
      Consumer<RegressionEvent> events) {
    this.name = name;
    this.worse = worse;
    this.scale = new FigureScale(settings.resolution());
    this.clock = clock;
    this.events = events;
    this.history =
        new SeriesHistory(
            this.stripes,
            settings,
            new RegressionWatch(name, new RegressionJudge(worse, settings), baselineSlices),
            clock.millis());
    this.due = this.history.due();
  }

  public String name() {
    return this.name;
  }

  /** What is bad about its figures. */
  public WorseWhen worse() {
    return this.worse;
  }

  /**
   * Takes a figure. What is none is counted and else left alone: not a number, negative, or larger
   * than the settings allow.
   */
  public void record(double value) {
    if (!this.scale.takes(value)) {
      this.refused.increment();
      return;
    }
    long now = this.clock.millis();
    if (now >= this.due && this.lock.tryLock()) {
      RegressionEvent event;
      try {
        event = advance(now);
      } finally {
        this.lock.unlock();
      }
      tell(event);
    }
    this.stripes.mine().add(value, this.scale.whole(value));
    if (this.fences.leaveOut(value)) {
      this.outliers.add(now, value);
    }
  }

  /** The lock is held. */
  private @Nullable RegressionEvent advance(long now) {
    RegressionEvent event = this.history.advance(now);
    this.fences = this.history.fences();
    this.due = this.history.due();
    return event;
  }

  /** The lock is not held: others may take their time. */
  private void tell(@Nullable RegressionEvent event) {
    if (event != null) {
      this.events.accept(event);
    }
  }

  /** The series as it is now. */
  public SeriesStatus status() {
    long now = this.clock.millis();
    RegressionEvent event;
    SeriesStatus status;
    this.lock.lock();
    try {
      event = advance(now);
      status = this.history.status(this.name, this.outliers, this.refused.sum());
    } finally {
      this.lock.unlock();
    }
    tell(event);
    return status;
  }

  /**
   * Takes what the window shows for what is usual from now on, e.g. after a change that made calls
   * slower and is meant to stay. A regression is over then.
   */
  public void accept() {
    long now = this.clock.millis();
    RegressionEvent event;
    this.lock.lock();
    try {
      event = this.history.accept(now);
    } finally {
      this.lock.unlock();
    }
    tell(event);
  }
}
