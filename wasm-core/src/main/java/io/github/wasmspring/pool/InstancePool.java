package io.github.wasmspring.pool;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import io.github.wasmspring.sandbox.CallGuard;
import io.github.wasmspring.sandbox.CallWatchdog;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The instances of one module. A permit stands for the right to hold an instance, so that nobody is
 * turned away while fewer than {@code max} are in use; the instance used last is handed out first.
 */
public final class InstancePool implements AutoCloseable {

  /** Memory never shrinks by itself: an instance that grew by more than this is thrown away. */
  private static final long KEPT_GROWTH = 16L << 20;

  private final Supplier<WasmInstance> factory;
  private final Pool settings;
  private final long timeoutTicks;
  private final CallWatchdog watchdog;
  private final Consumer<WasmErrorCategory> onDiscard;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<PooledInstance> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger idleCount = new AtomicInteger();
  private final LongAdder created = new LongAdder();
  private final LongAdder discarded = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private volatile boolean closed;

  /**
   * @param timeout how long making an instance may take, for its start function is guest code too
   * @param onDiscard told why an instance was thrown away because of what a call did to it
   */
  public InstancePool(
      Supplier<WasmInstance> factory,
      Pool settings,
      Duration timeout,
      CallWatchdog watchdog,
      Consumer<WasmErrorCategory> onDiscard) {
    this.factory = factory;
    this.settings = settings;
    this.timeoutTicks = CallWatchdog.ticks(timeout);
    this.watchdog = watchdog;
    this.onDiscard = onDiscard;
    this.permits = new Semaphore(settings.max(), true);
  }

  /** Makes the {@code min} instances. */
  public void fill() {
    for (int i = this.idleCount.get(); i < this.settings.min(); i++) {
      keep(create());
    }
  }

  /**
   * An instance for the caller alone, to be given back with {@link #release}.
   *
   * @throws WasmExecutionException {@code REJECTED} if none became free in time, {@code
   *     INTERRUPTED} if the thread was interrupted while waiting
   */
  public PooledInstance borrow() {
    acquire();
    try {
      if (this.closed) {
        throw new WasmExecutionException(
            WasmErrorCategory.REJECTED, "the module has been unloaded or shut down", null);
      }
      PooledInstance instance = this.idle.pollFirst();
      if (instance == null) {
        return create();
      }
      this.idleCount.decrementAndGet();
      return instance;
    } catch (Throwable failure) {
      this.permits.release();
      throw failure;
    }
  }

  private void acquire() {
    if (this.permits.tryAcquire()) {
      return;
    }
    try {
      if (this.permits.tryAcquire(this.settings.borrowTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WasmExecutionException(
          WasmErrorCategory.INTERRUPTED,
          "the calling thread was interrupted while it waited for an instance",
          interrupted);
    }
    this.rejected.increment();
    throw new WasmExecutionException(
        WasmErrorCategory.REJECTED,
        "all %d instances are in use and none became free within %d ms; raise pool.max or pool.borrow-timeout"
            .formatted(this.settings.max(), this.settings.borrowTimeout().toMillis()),
        null);
  }

  private PooledInstance create() {
    CallGuard guard = this.watchdog.guard();
    guard.enter(this.timeoutTicks);
    try {
      WasmInstance instance = this.factory.get();
      guard.leave();
      this.created.increment();
      return new PooledInstance(instance, guard);
    } catch (Throwable failure) {
      boolean late = guard.leave();
      this.watchdog.release(guard);
      if (late) {
        throw new WasmExecutionException(
            WasmErrorCategory.TIMEOUT,
            "the start function of the module ran past the deadline and was stopped",
            failure);
      }
      throw failure;
    }
  }

  /** Takes an instance back, for the next borrower if it is fit for one. */
  public void release(PooledInstance instance) {
    try {
      WasmErrorCategory broken = instance.broken();
      if (broken != null) {
        discard(instance);
        this.onDiscard.accept(broken);
      } else if (this.closed
          || isUsedUp(instance)
          || !reset(instance)
          || instance.growth() > KEPT_GROWTH) {
        discard(instance);
      } else {
        keep(instance);
        // The pool may have been closed meanwhile, and then nobody else will clear it.
        if (this.closed) {
          clear();
        }
      }
    } finally {
      this.permits.release();
    }
    trim();
  }

  private boolean isUsedUp(PooledInstance instance) {
    long limit = this.settings.recycleAfter();
    return instance.borrowed() >= limit && limit > 0;
  }

  private boolean reset(PooledInstance instance) {
    return switch (this.settings.reset()) {
      case NONE -> true;
      case MEMORY -> instance.instance().reset();
      case FRESH -> false;
    };
  }

  private void keep(PooledInstance instance) {
    instance.idleFrom(System.nanoTime());
    this.idle.addFirst(instance);
    this.idleCount.incrementAndGet();
  }

  private void discard(PooledInstance instance) {
    this.watchdog.release(instance.guard());
    this.discarded.increment();
  }

  /** Throws instances away that were idle for too long, those above {@code min} only. */
  public void trim() {
    if (this.idleCount.get() <= this.settings.min()) {
      return;
    }
    PooledInstance oldest = this.idle.peekLast();
    long idleNanos = this.settings.idleTime().toNanos();
    if (oldest != null
        && System.nanoTime() - oldest.idleSince() > idleNanos
        && this.idle.removeLastOccurrence(oldest)) {
      this.idleCount.decrementAndGet();
      discard(oldest);
    }
  }

  private void clear() {
    for (PooledInstance next = this.idle.pollFirst(); next != null; next = this.idle.pollFirst()) {
      this.idleCount.decrementAndGet();
      discard(next);
    }
  }

  public boolean isClosed() {
    return this.closed;
  }

  public PoolStats stats() {
    int inUse = this.settings.max() - this.permits.availablePermits();
    long memory = 0;
    for (PooledInstance instance : this.idle) {
      memory += instance.instance().memorySize();
    }
    return new PoolStats(
        this.settings.max(),
        inUse,
        this.idleCount.get(),
        this.permits.getQueueLength(),
        this.created.sum(),
        this.discarded.sum(),
        this.rejected.sum(),
        memory);
  }

  /** Lets go of all instances, those in use as soon as they are given back. */
  @Override
  public void close() {
    this.closed = true;
    clear();
  }
}
