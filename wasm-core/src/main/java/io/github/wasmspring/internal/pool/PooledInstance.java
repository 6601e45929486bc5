package io.github.wasmspring.internal.pool;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.engine.WasmSnapshot;
import io.github.wasmspring.internal.sandbox.CallCancellation;
import io.github.wasmspring.internal.sandbox.CallGuard;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.internal.sandbox.GuestProgram;
import io.github.wasmspring.internal.sandbox.GuestStack;
import io.github.wasmspring.internal.sandbox.MemoryAccount;
import io.github.wasmspring.pool.WasmBorrowedInstance;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An instance with what the pool has to know about it; used by one borrower at a time. */
public final class PooledInstance implements WasmBorrowedInstance {

  private final WasmInstance instance;
  private final WasmInstance called;
  private final CallGuard guard;
  private final MemoryAccount account;
  private final @Nullable GuestStack stack;
  private final @Nullable GuestProgram program;
  private final long initialMemory;
  private long fitMemory = -1;
  private long borrowers;
  private long rests;
  private int askedFor;
  private boolean inSession;
  private boolean spent;
  private boolean seenIdle;
  private long idleSince;
  private @Nullable WasmErrorCategory broken;
  private @Nullable CallCancellation cancellation;
  private long timeoutTicks;
  private @Nullable CallCounter counter;
  private int cell;
  private long number;

  /**
   * @param stack what its calls run on, {@code null} for the stack of whoever calls
   * @param program what they run, {@code null} if nobody is to know
   */
  PooledInstance(
      WasmInstance instance,
      CallGuard guard,
      MemoryAccount account,
      @Nullable GuestStack stack,
      @Nullable GuestProgram program) {
    this.stack = stack;
    this.program = program;
    this.instance = instance;
    this.called = LinkedInstance.called(instance);
    this.guard = guard;
    this.account = account;
    this.initialMemory = instance.memorySize();
  }

  /**
   * One call from its begin to its end, on the stack that the instance has: it is the thread of
   * this stack that is stopped, and not one that waits for it and may have no carrier.
   *
   * @param timeoutTicks from {@link io.github.wasmspring.internal.sandbox.CallWatchdog#ticks}
   * @param cancellation what else may stop the call, {@code null} for nothing
   * @throws WasmException whatever the work throws, as {@link #fail} understands it; {@code
   *     INTERRUPTED} if the call has been cancelled already
   */
  public <T extends @Nullable Object> T run(
      long timeoutTicks,
      @Nullable CallCancellation cancellation,
      Function<PooledInstance, T> work) {
    if (this.stack == null) {
      return runHere(timeoutTicks, cancellation, work);
    }
    try {
      return this.stack.call(() -> runHere(timeoutTicks, cancellation, work));
    } catch (WasmException failure) {
      throw failure;
    } catch (RuntimeException | Error noStack) {
      throw fail(noStack);
    }
  }

  private <T extends @Nullable Object> T runHere(
      long timeoutTicks,
      @Nullable CallCancellation cancellation,
      Function<PooledInstance, T> work) {
    begin(timeoutTicks, cancellation);
    try {
      T answer = work.apply(this);
      end();
      return answer;
    } catch (RuntimeException | Error thrown) {
      throw fail(thrown);
    }
  }

  /**
   * A call begins: from now on the deadline runs.
   *
   * @param timeoutTicks from {@link io.github.wasmspring.internal.sandbox.CallWatchdog#ticks}
   * @param cancellation what else may stop the call, {@code null} for nothing
   * @throws WasmExecutionException {@code INTERRUPTED} if the call has been cancelled already
   */
  private void begin(long timeoutTicks, @Nullable CallCancellation cancellation) {
    begin(timeoutTicks);
    if (cancellation != null) {
      if (!cancellation.watch(this.guard)) {
        this.guard.leave();
        throw CallCancellation.failure(null);
      }
      this.cancellation = cancellation;
    }
  }

  /** A call begins that only its deadline stops; {@link #end} or {@link #fail} is to follow. */
  public void begin(long timeoutTicks) {
    this.timeoutTicks = timeoutTicks;
    this.guard.enter(timeoutTicks);
  }

  /** Counts the calls of this instance that ended well, {@code null} if nobody does so yet. */
  public @Nullable CallCounter counter() {
    return this.counter;
  }

  public void counter(CallCounter opened) {
    this.counter = opened;
  }

  /** Runs an exported function, between {@link #begin} and {@link #end}. */
  @Override
  public long[] call(int function, long... arguments) {
    return this.stack == null || this.stack.isCurrent()
        ? this.called.call(function, arguments)
        : this.stack.call(() -> this.called.call(function, arguments));
  }

  /**
   * The call has come to an answer.
   *
   * @throws WasmExecutionException {@code TIMEOUT} if it came so late that the call was being
   *     stopped, {@code INTERRUPTED} if it has been cancelled; {@link #fail} is to be told
   */
  public void end() {
    CallCancellation asked = this.cancellation;
    if (leave()) {
      throw stopped(asked, null);
    }
  }

  private WasmExecutionException stopped(
      @Nullable CallCancellation asked, @Nullable WasmException failure) {
    if (asked != null && asked.isCancelled()) {
      return CallCancellation.failure(failure);
    }
    return this.guard.isExpired()
        ? new WasmExecutionException(
            WasmErrorCategory.TIMEOUT,
            "the module runs on other code by now, and the call went on with the old for longer than a rollout waits (rollout.drain)",
            failure)
        : new WasmExecutionException(
            WasmErrorCategory.TIMEOUT,
            "the guest ran past its deadline and was stopped: it may take %d ms (limits.timeout, unless the call had a timeout of its own)"
                .formatted(CallWatchdog.millis(this.timeoutTicks)),
            failure);
  }

  private boolean leave() {
    if (this.cancellation != null) {
      this.cancellation.unwatch();
      this.cancellation = null;
    }
    return this.guard.leave();
  }

  /**
   * The call has failed. Unless the failure is the guest's own answer or the guest has not run, the
   * instance is not fit for another call and will be thrown away when it is given back.
   *
   * @return what the failure really was: a call that was interrupted because of its deadline was
   *     too late, or else it was cancelled; {@code ENGINE} for what is none of our failures
   */
  public WasmException fail(Throwable thrown) {
    WasmException failure =
        thrown instanceof WasmException known
            ? known
            : new WasmExecutionException(
                WasmErrorCategory.ENGINE, "the call failed unexpectedly: " + thrown, thrown);
    CallCancellation asked = this.cancellation;
    if (leave()) {
      failure = stopped(asked, failure);
    }
    failure = GuestStackNote.on(failure, this.program);
    if (failure.category().breaksInstance()) {
      breakDown(failure.category());
    }
    return failure;
  }

  /** Whatever runs on it is stopped. For an instance that nobody will borrow again. */
  void expire() {
    this.guard.expire();
  }

  /** The borrower is a session, which may leave something behind in the guest. */
  public void openSession() {
    this.inSession = true;
  }

  /** Whether the borrower that gives it back was a session; the next one is none. */
  boolean closeSession() {
    boolean closed = this.inSession;
    this.inSession = false;
    return closed;
  }

  /** The instance is not to be handed on. */
  public void breakDown(WasmErrorCategory why) {
    this.broken = why;
  }

  @Override
  public void spend() {
    this.spent = true;
  }

  @Override
  public boolean isSpent() {
    return this.spent;
  }

  boolean reset() {
    this.spent = false;
    return this.instance.reset();
  }

  /** See {@link WasmInstance#save}; with what is linked to it, there is more to it. */
  public byte @Nullable [] save() {
    return this.instance.save();
  }

  /** See {@link WasmInstance#load}; goes to nobody else if that fails. */
  public boolean load(byte[] state) {
    boolean loaded = this.instance.load(state);
    if (!loaded) {
      breakDown(WasmErrorCategory.INVALID_INPUT);
    }
    return loaded;
  }

  @Override
  public <T> T attribute(Class<T> type, Supplier<T> initial) {
    return this.instance.attribute(type, initial);
  }

  /** See {@link WasmInstance#snapshot}. */
  public WasmSnapshot snapshot() {
    return this.instance.snapshot();
  }

  /** It has been found fit for another call as it is. */
  void becameFit() {
    this.fitMemory = this.instance.memorySize();
  }

  /**
   * Whether nothing has happened to it since it was last found fit.
   *
   * @param mostKept the bytes of memory that are too many to be kept
   */
  boolean isAsItWas(long mostKept) {
    long size = this.instance.memorySize();
    return size == this.fitMemory
        && size < mostKept
        && this.broken == null
        && !this.spent
        && !this.inSession;
  }

  /** Which of the instances of its module it is, from 1. */
  public long number() {
    return this.number;
  }

  void numbered(long number) {
    this.number = number;
  }

  /** Its place among the idle ones. */
  int cell() {
    return this.cell;
  }

  void keepAt(int cell) {
    this.cell = cell;
  }

  void close() {
    if (this.counter != null) {
      this.counter.close();
    }
    try {
      this.instance.close();
    } finally {
      if (this.stack != null) {
        this.stack.close();
      }
    }
  }

  @Override
  public @Nullable WasmMemory memory() {
    return this.instance.memory();
  }

  public boolean isBroken() {
    return this.broken != null;
  }

  @Nullable WasmErrorCategory broken() {
    return this.broken;
  }

  /** For functions that are called directly, between {@link #begin(long)} and {@link #end}. */
  public WasmInstance instance() {
    return this.called;
  }

  @Override
  public @Nullable WasmInstance direct() {
    return this.stack == null ? this.called : null;
  }

  CallGuard guard() {
    return this.guard;
  }

  MemoryAccount account() {
    return this.account;
  }

  /** All bytes that it has of the memory budget. */
  public long held() {
    return this.account.held();
  }

  /**
   * Who has to have room too for what it grows by, until the borrower gives it back.
   *
   * @param payer {@code null} for nobody
   */
  public void payBy(@Nullable MemoryCharge payer) {
    this.account.payBy(payer);
  }

  /** By how many bytes the memory is larger than it was when the instance was made. */
  long growth() {
    return this.instance.memorySize() - this.initialMemory;
  }

  /**
   * Whether this rest is the first, second, fourth, … or the first one since {@code wanted}
   * changed.
   */
  boolean rests(int wanted) {
    long number = ++this.rests;
    boolean due = (number & number - 1) == 0 || this.askedFor != wanted;
    this.askedFor = wanted;
    return due;
  }

  long borrowed() {
    return ++this.borrowers;
  }

  long memorySize() {
    return this.instance.memorySize();
  }

  /** Not seen idle by anybody yet; cheaper than reading the clock. */
  void idleFromNow() {
    this.seenIdle = false;
  }

  /**
   * How long ago, in nanoseconds, this was first asked since the instance became idle.
   *
   * @param now by {@link System#nanoTime()}
   */
  long idleFor(long now) {
    if (!this.seenIdle) {
      this.seenIdle = true;
      this.idleSince = now;
    }
    return now - this.idleSince;
  }
}
