package io.github.wasmspring.pool;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import io.github.wasmspring.sandbox.CallGuard;
import io.github.wasmspring.sandbox.CallWatchdog;
import io.github.wasmspring.sandbox.IdleMemory;
import io.github.wasmspring.sandbox.MemoryAccount;
import io.github.wasmspring.sandbox.MemoryBudget;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one module, at most {@code max} of them. While nobody waits, borrowing takes one
 * from the idle ones or makes a new one; otherwise callers are served in the order in which they
 * came, so that nobody is turned away while fewer than {@code max} are in use.
 */
public final class InstancePool implements IdleMemory, AutoCloseable {

  /** Memory never shrinks by itself: an instance that grew by more than this is thrown away. */
  private static final long KEPT_GROWTH = 16L << 20;

  private final Source source;
  private final Pool settings;
  private final long timeoutTicks;
  private final CallWatchdog watchdog;
  private final MemoryBudget budget;
  private final Consumer<WasmErrorCategory> onDiscard;
  private final IdleInstances idle;
  private final WaitingLine<Grant> line = new WaitingLine<>();
  private final AtomicInteger total = new AtomicInteger();
  private final LongAdder created = new LongAdder();
  private final LongAdder discarded = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private volatile boolean closed;

  /**
   * The right to hold an instance.
   *
   * @param instance {@code null} for the right to make one
   */
  private record Grant(@Nullable PooledInstance instance) {}

  /**
   * Where instances come from.
   *
   * @param module whose they are, for messages
   * @param footprint the bytes that each of them takes from the start
   * @param factory makes one, and charges for what it takes beyond that
   */
  record Source(String module, long footprint, Function<MemoryCharge, WasmInstance> factory) {}

  /**
   * @param timeout how long making an instance may take, for its start function is guest code too
   * @param onDiscard told why an instance was thrown away because of what a call did to it
   */
  InstancePool(
      Source source,
      Pool settings,
      Duration timeout,
      CallWatchdog watchdog,
      MemoryBudget budget,
      Consumer<WasmErrorCategory> onDiscard) {
    this.source = source;
    this.settings = settings;
    this.timeoutTicks = CallWatchdog.ticks(timeout);
    this.watchdog = watchdog;
    this.budget = budget;
    this.onDiscard = onDiscard;
    this.idle = new IdleInstances(settings.max());
    budget.watch(this);
  }

  /** Makes the {@code min} instances. */
  public void fill() {
    while (this.total.get() < this.settings.min() && reserve()) {
      this.idle.put(createReserved());
    }
  }

  /**
   * An instance for the caller alone, to be given back with {@link #release}.
   *
   * @throws WasmExecutionException {@code REJECTED} if none became free in time, {@code BUDGET} if
   *     there was no memory for another one, {@code INTERRUPTED} if the thread was interrupted
   *     while waiting
   */
  public PooledInstance borrow() {
    PooledInstance instance = this.line.length() == 0 ? this.idle.take() : null;
    if (instance == null) {
      instance = makeOrAwait();
    }
    if (this.closed) {
      discard(instance);
      throw closed();
    }
    return instance;
  }

  private PooledInstance makeOrAwait() {
    if (this.closed) {
      throw closed();
    }
    Grant grant = this.line.length() == 0 && reserve() ? new Grant(null) : await();
    PooledInstance instance = grant.instance();
    if (instance != null) {
      return instance;
    }
    if (this.closed) {
      giveUpReserved();
      throw closed();
    }
    return createReserved();
  }

  private Grant await() {
    Grant grant;
    try {
      grant = this.line.await(this::free, this.settings.borrowTimeout().toNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WasmExecutionException(
          WasmErrorCategory.INTERRUPTED,
          "the calling thread was interrupted while it waited for an instance",
          interrupted);
    }
    if (grant != null) {
      return grant;
    }
    this.rejected.increment();
    throw new WasmExecutionException(
        WasmErrorCategory.REJECTED,
        "all %d instances are in use and none became free within %d ms; raise pool.max or pool.borrow-timeout"
            .formatted(this.settings.max(), this.settings.borrowTimeout().toMillis()),
        null);
  }

  /** An idle instance, or the right to make one; {@code null} if all are in use. */
  private @Nullable Grant free() {
    PooledInstance instance = this.idle.take();
    if (instance != null) {
      return new Grant(instance);
    }
    return reserve() ? new Grant(null) : null;
  }

  private boolean reserve() {
    int now = this.total.get();
    while (now < this.settings.max()) {
      if (this.total.compareAndSet(now, now + 1)) {
        return true;
      }
      now = this.total.get();
    }
    return false;
  }

  private PooledInstance createReserved() {
    try {
      return create();
    } catch (Throwable failure) {
      giveUpReserved();
      throw failure;
    }
  }

  private void giveUpReserved() {
    this.total.decrementAndGet();
    this.line.serve(this::free);
  }

  private static WasmExecutionException closed() {
    return new WasmExecutionException(
        WasmErrorCategory.REJECTED, "the module has been unloaded or shut down", null);
  }

  private PooledInstance create() {
    MemoryAccount account =
        this.budget.admit(
            this.source.module(), this.source.footprint(), this.settings.borrowTimeout());
    CallGuard guard = this.watchdog.guard();
    guard.enter(this.timeoutTicks);
    try {
      WasmInstance instance = this.source.factory().apply(account);
      guard.leave();
      this.created.increment();
      return new PooledInstance(instance, guard, account);
    } catch (Throwable failure) {
      boolean late = guard.leave();
      this.watchdog.release(guard);
      account.close();
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
    WasmErrorCategory broken = instance.broken();
    boolean fit = false;
    try {
      fit = broken == null && !this.closed && isFit(instance);
    } finally {
      if (fit) {
        keep(instance);
      } else {
        discard(instance);
      }
    }
    if (broken != null) {
      this.onDiscard.accept(broken);
    }
  }

  private boolean isFit(PooledInstance instance) {
    boolean surplus = this.settings.idleTime().isZero() && this.total.get() > this.settings.min();
    return !surplus && !isUsedUp(instance) && isReset(instance) && instance.growth() <= KEPT_GROWTH;
  }

  private void keep(PooledInstance instance) {
    instance.idleFromNow();
    this.idle.put(instance);
    this.line.serve(this::free);
    this.budget.roomMayBeFree();
    // The pool may have been closed meanwhile, and then nobody else will clear it.
    if (this.closed) {
      clear();
    }
  }

  private void discard(PooledInstance instance) {
    this.watchdog.release(instance.guard());
    instance.close();
    instance.account().close();
    this.discarded.increment();
    giveUpReserved();
  }

  private boolean isUsedUp(PooledInstance instance) {
    long limit = this.settings.recycleAfter();
    return instance.borrowed() >= limit && limit > 0;
  }

  private boolean isReset(PooledInstance instance) {
    boolean session = instance.closeSession();
    return switch (this.settings.reset()) {
      case NONE -> !instance.isSpent();
      case SESSION -> (!session && !instance.isSpent()) || instance.reset();
      case MEMORY -> instance.reset();
      case FRESH -> false;
    };
  }

  /**
   * Throws instances away that were idle for too long, those above {@code min} only. The time
   * counts from when this method first sees them idle.
   */
  public void trim() {
    long now = System.nanoTime();
    while (this.total.get() > this.settings.min()) {
      PooledInstance old = this.idle.takeOlderThan(this.settings.idleTime().toNanos(), now);
      if (old == null) {
        break;
      }
      discard(old);
    }
    // What was looked at was out of reach for a moment.
    this.line.serve(this::free);
  }

  @Override
  public long evictable() {
    return this.total.get() > this.settings.min() ? this.idle.memory() : 0;
  }

  /** Throws the last idle instance away, if there are more than {@code min}. */
  @Override
  public boolean evict() {
    PooledInstance last =
        this.total.get() > this.settings.min()
            ? this.idle.takeOlderThan(-1, System.nanoTime())
            : null;
    if (last != null) {
      discard(last);
    }
    return last != null;
  }

  private void clear() {
    for (PooledInstance next = this.idle.take(); next != null; next = this.idle.take()) {
      discard(next);
    }
  }

  public boolean isClosed() {
    return this.closed;
  }

  public PoolStats stats() {
    int idleNow = this.idle.count();
    return new PoolStats(
        this.settings.max(),
        Math.max(0, this.total.get() - idleNow),
        idleNow,
        this.line.length(),
        this.created.sum(),
        this.discarded.sum(),
        this.rejected.sum(),
        this.idle.memory());
  }

  /** Lets go of all instances, those in use as soon as they are given back. */
  @Override
  public void close() {
    this.closed = true;
    this.budget.forget(this);
    clear();
  }
}
