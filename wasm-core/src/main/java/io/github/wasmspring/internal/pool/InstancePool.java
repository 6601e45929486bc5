package io.github.wasmspring.internal.pool;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.internal.sandbox.CallCancellation;
import io.github.wasmspring.internal.sandbox.IdleMemory;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.internal.tenant.TenantAccount;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.pool.PoolStats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one module, at most {@code max} of them. Borrowing takes one from the idle ones
 * or makes a new one. Callers who find neither are served in the order in which they came, or that
 * of their tenants; whoever comes later may be quicker while the first of them wakes up, but not
 * once it is awake.
 *
 * <p>{@code total} counts rights: who raised it below {@code max} may make an instance, and has to
 * lower it when that fails or when the instance is gone. An instance is idle, in {@link
 * IdleInstances}, or somebody has it to himself.
 *
 * <p>Giving back is a release write without a barrier, and then a look whether somebody waits or
 * the pool is closed. Whoever comes to wait, or closes the pool, writes that first and then looks
 * for idle instances. At the same moment both may miss each other:
 *
 * <ul>
 *   <li>One who waits is served at the next tick. The {@link CallWatchdog} looks at the line every
 *       few milliseconds as long as there is one, though no call runs.
 *   <li>Closing looks once more after {@link #SEEN_NANOS}. Who gives back later sees that the pool
 *       is closed, and throws the instance away.
 * </ul>
 *
 * Others may take all idle instances for a moment, to look at them. They serve those who wait, and
 * see whether the pool has been closed, when they have put them back.
 */
public final class InstancePool implements IdleMemory, AutoCloseable {

  /** A write of another processor is seen after far less. */
  private static final long SEEN_NANOS = 200_000;

  private static final String CLOSED = "CLOSED";
  private static final String ALERT = "ALERT";

  private final InstanceMaker maker;
  private final Pool settings;
  private final MemoryBudget budget;
  private final Consumer<WasmErrorCategory> onDiscard;
  private final IdleInstances idle;
  private final Stock stock;
  private final @Nullable HeapProbe probe;
  private final Lock clearing = new ReentrantLock();
  private final BooleanSupplier lookAgain = this::lookAgain;
  private final boolean keepsState;
  private final WaitingLine<Grant> line;
  private final AtomicInteger total = new AtomicInteger();
  private final LongAdder discarded = new LongAdder();
  private final LongAdder reclaimed = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private volatile boolean closed;

  /**
   * The right to hold an instance.
   *
   * @param instance {@code null} for the right to make one
   */
  private record Grant(@Nullable PooledInstance instance) {}

  /** For those who wait while the pool is closed: there will be nothing here any more. */
  private static final Grant NOTHING = new Grant(null);

  /**
   * @param onDiscard told why an instance was thrown away because of what a call did to it
   */
  public InstancePool(
      InstanceMaker maker,
      Pool settings,
      MemoryBudget budget,
      StockKeeper keeper,
      Consumer<WasmErrorCategory> onDiscard) {
    this.maker = maker;
    this.settings = settings;
    this.budget = budget;
    this.onDiscard = onDiscard;
    this.probe = maker.probe();
    this.keepsState =
        (settings.reset() == WasmResetPolicy.NONE || settings.reset() == WasmResetPolicy.SESSION)
            && settings.recycleAfter() == 0
            && !settings.idleTime().isZero();
    this.idle = new IdleInstances(settings.max());
    this.line = new WaitingLine<>(maker.watchdog()::wake);
    this.stock =
        new Stock(
            Math.min(settings.prepared(), settings.max()),
            keeper::later,
            this.idle,
            this::makeSpare);
    budget.watch(this);
    maker.watchdog().everyTick(this.lookAgain);
  }

  /** By the watchdog, which waits for nobody. */
  private boolean lookAgain() {
    this.line.tryServe(this::free);
    return this.line.length() > 0;
  }

  /** Makes the {@code min} instances, and has others prepared. */
  public void fill() {
    while (!this.closed && this.total.get() < this.settings.min() && reserve()) {
      keep(createReserved());
    }
    this.stock.complete();
  }

  /** Makes idle instances until there are so many, if there is room that nobody else needs. */
  public void makeAhead(int count) {
    boolean room = !this.settings.idleTime().isZero();
    while (room && this.total.get() < count) {
      room = makeSpare();
    }
  }

  /** How many instances there are, idle ones and others. */
  public int size() {
    return this.total.get();
  }

  /** Makes an idle instance if there is room for it that nobody else needs. */
  private boolean makeSpare() {
    if (this.closed || this.line.length() > 0 || !reserve()) {
      return false;
    }
    PooledInstance spare = null;
    try {
      spare = this.maker.makeSpare();
    } finally {
      if (spare == null) {
        giveUpReserved();
      }
    }
    if (spare == null) {
      return false;
    }
    this.idle.admit(spare);
    keep(spare);
    return true;
  }

  /**
   * An instance for the caller alone, to be given back with {@link #release}.
   *
   * @throws WasmExecutionException {@code REJECTED} if none became free in time, {@code BUDGET} if
   *     there was no memory for another one, {@code INTERRUPTED} if the thread was interrupted
   *     while waiting
   */
  public PooledInstance borrow() {
    return borrow(null);
  }

  private PooledInstance borrow(@Nullable TenantAccount tenant) {
    PooledInstance instance = borrowIdle();
    if (instance != null) {
      return instance;
    }
    instance = makeOrAwait(tenant);
    if (this.closed) {
      discard(instance, CLOSED);
      throw closed();
    }
    if (this.stock.size() > 0) {
      this.stock.taken();
    }
    return instance;
  }

  /**
   * An idle instance for the caller alone, see {@link #borrow}; {@code null} if there is none or
   * others wait for one.
   */
  public @Nullable PooledInstance borrowIdle() {
    PooledInstance instance = this.line.mayBePassed() ? this.idle.take() : null;
    if (instance == null) {
      return null;
    }
    if (this.closed) {
      discard(instance, CLOSED);
      return null;
    }
    if (this.stock.size() > 0) {
      this.stock.taken();
    }
    return instance;
  }

  private PooledInstance makeOrAwait(@Nullable TenantAccount tenant) {
    if (this.closed) {
      throw closed();
    }
    Grant grant = this.line.mayBePassed() && reserve() ? new Grant(null) : await(tenant);
    PooledInstance instance = grant.instance();
    if (grant == NOTHING) {
      throw closed();
    }
    if (instance != null) {
      return instance;
    }
    if (this.closed) {
      giveUpReserved();
      throw closed();
    }
    return createReserved();
  }

  private Grant await(@Nullable TenantAccount tenant) {
    Grant grant;
    try {
      grant = this.line.await(this::free, this.settings.borrowTimeout().toNanos(), tenant);
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
    if (this.closed) {
      return NOTHING;
    }
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
    PooledInstance made = null;
    try {
      made = this.maker.make();
      return made;
    } finally {
      if (made != null) {
        this.idle.admit(made);
      } else {
        giveUpReserved();
      }
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

  /**
   * See {@link #borrow()}; waiting ends when the call is cancelled.
   *
   * @param tenant whose call it is, {@code null} if there are no tenants
   */
  public PooledInstance borrowFor(
      @Nullable CallCancellation cancellation, @Nullable TenantAccount tenant) {
    return cancellation == null ? borrow(tenant) : cancellation.interruptibly(() -> borrow(tenant));
  }

  /** Runs one call on a borrowed instance, and takes it back however that ends. */
  public <T extends @Nullable Object> T run(
      PooledInstance instance,
      long timeoutTicks,
      @Nullable CallCancellation cancellation,
      Function<PooledInstance, T> work) {
    try {
      return instance.run(timeoutTicks, cancellation, work);
    } finally {
      release(instance);
    }
  }

  /** Takes an instance back, for the next borrower if it is fit for one. */
  public void release(PooledInstance instance) {
    HeapProbe due = dueProbe(instance);
    if (due == null && this.keepsState && isAsItWas(instance)) {
      keep(instance);
    } else {
      releaseIfFit(instance, due);
    }
  }

  /** Whether there is nothing to be done for it, as after most calls. */
  private boolean isAsItWas(PooledInstance instance) {
    return instance.isAsItWas(this.maker.mostKept()) && !this.closed && !this.budget.isRecycling();
  }

  private void releaseIfFit(PooledInstance instance, @Nullable HeapProbe due) {
    String unfit = WasmErrorCategory.ENGINE.name();
    try {
      if (due != null) {
        due.look(instance);
      }
      unfit = unfit(instance);
    } finally {
      if (unfit == null) {
        instance.becameFit();
        keep(instance);
      } else {
        discard(instance, unfit);
      }
    }
    WasmErrorCategory broken = unfit == null ? null : instance.broken();
    if (broken != null) {
      this.onDiscard.accept(broken);
    }
  }

  /** The instance has ended a call, and its guest can be asked how its memory is. */
  public void rest(PooledInstance instance) {
    HeapProbe due = dueProbe(instance);
    if (due != null) {
      due.look(instance);
    }
  }

  private @Nullable HeapProbe dueProbe(PooledInstance instance) {
    HeapProbe asked = this.probe;
    return asked != null && asked.isDue(instance) ? asked : null;
  }

  /** Takes an instance away from a session that does not give it back. */
  public void reclaim(PooledInstance instance) {
    this.reclaimed.increment();
    discard(instance, "RECLAIMED");
  }

  /** Why an instance is not to be handed on; {@code null} if it is. */
  private @Nullable String unfit(PooledInstance instance) {
    WasmErrorCategory broken = instance.broken();
    if (broken != null) {
      return broken.name();
    }
    if (this.closed) {
      return CLOSED;
    }
    if (isSurplus()) {
      return "SURPLUS";
    }
    if (isUsedUp(instance)) {
      return "USED_UP";
    }
    if (instance.memorySize() >= this.maker.mostKept()) {
      return ALERT;
    }
    if (!isReset(instance)) {
      return this.settings.reset() == WasmResetPolicy.FRESH ? "FRESH" : "NOT_RESET";
    }
    return instance.growth() > this.settings.recycleAbove() ? "GROWN" : null;
  }

  private boolean isSurplus() {
    return (this.settings.idleTime().isZero() || this.budget.isRecycling())
        && this.total.get() > this.settings.min();
  }

  private void keep(PooledInstance instance) {
    instance.idleFromNow();
    this.idle.put(instance);
    if (this.line.length() > 0) {
      this.line.freed(this::free);
    }
    this.budget.roomMayBeFree();
    // The pool may have been closed meanwhile, and then nobody else will clear it.
    if (this.closed) {
      clear();
    }
  }

  /**
   * @param reason for the flight recorder
   */
  private void discard(PooledInstance instance, String reason) {
    this.idle.dismiss(instance);
    this.maker.discard(instance, reason);
    this.discarded.increment();
    giveUpReserved();
    this.stock.taken();
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
   * Throws instances away that were idle for too long, those above {@code min} and the prepared
   * ones only. The time counts from when this method first sees them idle.
   */
  public void trim() {
    discardOlderThan(this.settings.idleTime().toNanos());
  }

  /**
   * Throws all idle instances away, however short they were idle, but for {@code min} and the
   * prepared ones.
   *
   * @return how many
   */
  public long discardIdle() {
    return discardOlderThan(-1);
  }

  private long discardOlderThan(long idleNanos) {
    long count = 0;
    long now = System.nanoTime();
    while (this.total.get() > this.settings.min() && this.idle.count() > this.stock.size()) {
      PooledInstance old = this.idle.takeOlderThan(idleNanos, now);
      if (old == null) {
        break;
      }
      discard(old, "IDLE");
      count++;
    }
    this.idle.forgetCrowd();
    // What was looked at was out of reach for a moment.
    this.line.serve(this::free);
    if (this.closed) {
      clear();
    }
    this.stock.complete();
    return count;
  }

  /** Throws idle instances away whose memory has that many bytes or more. */
  public void recycleAbove(long bytes) {
    List<PooledInstance> small = new ArrayList<>();
    for (PooledInstance next = this.idle.take(); next != null; next = this.idle.take()) {
      if (next.memorySize() >= bytes) {
        discard(next, ALERT);
      } else {
        small.add(next);
      }
    }
    small.forEach(this::keep);
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
      discard(last, "EVICTED");
    }
    return last != null;
  }

  /** One thread at a time, so that whoever closes the pool finds it empty afterwards. */
  private void clear() {
    this.clearing.lock();
    try {
      for (PooledInstance next = this.idle.take(); next != null; next = this.idle.take()) {
        discard(next, CLOSED);
      }
    } finally {
      this.clearing.unlock();
    }
  }

  /** Stops what still runs here, after {@link #close}. */
  public void expire() {
    this.idle.held().forEach(PooledInstance::expire);
  }

  public boolean isClosed() {
    return this.closed;
  }

  public PoolStats stats() {
    if (this.probe != null) {
      this.probe.want();
    }
    int idleNow = this.idle.count();
    return new PoolStats(
        this.settings.max(),
        Math.max(0, this.total.get() - idleNow),
        idleNow,
        this.line.length(),
        this.maker.made(),
        this.discarded.sum(),
        this.reclaimed.sum(),
        this.rejected.sum(),
        this.idle.memory(),
        this.maker.memory(),
        this.maker.threads());
  }

  /** Lets go of all instances, those in use as soon as they are given back. Nobody waits on. */
  @Override
  public void close() {
    this.closed = true;
    this.budget.forget(this);
    this.maker.watchdog().forget(this.lookAgain);
    this.line.serve(this::free);
    clear();
    // Who puts an instance back at this moment may see that the pool is open.
    long until = System.nanoTime() + SEEN_NANOS;
    while (System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
    clear();
  }
}
