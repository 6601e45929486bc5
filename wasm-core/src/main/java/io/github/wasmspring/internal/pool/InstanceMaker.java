package io.github.wasmspring.internal.pool;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.flight.FlightLog;
import io.github.wasmspring.internal.sandbox.CallGuard;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.internal.sandbox.GuestProgram;
import io.github.wasmspring.internal.sandbox.GuestStack;
import io.github.wasmspring.internal.sandbox.MemoryAccount;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.internal.sandbox.ModuleMemory;
import io.github.wasmspring.sandbox.MemoryStats;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the instances of one module, within the memory budget and under the deadline. */
public final class InstanceMaker {

  private static final Logger logger = LoggerFactory.getLogger(InstanceMaker.class);

  private final Source source;
  private final Duration patience;
  private final long timeoutTicks;
  private final CallWatchdog watchdog;
  private final MemoryBudget budget;
  private final AtomicLong made = new AtomicLong();

  /**
   * Where instances come from.
   *
   * @param memory of the module whose they are
   * @param footprint the bytes that each of them takes from the start
   * @param probe asks their allocators, {@code null} if these don't tell
   * @param factory makes one, and charges for what it takes beyond the footprint
   * @param stack makes what the calls of one run on, {@code null} for the stack of whoever calls
   * @param threads counts the threads that their guests have at the moment
   * @param program what they run, {@code null} if nobody is to know
   */
  public record Source(
      ModuleMemory memory,
      long footprint,
      @Nullable HeapProbe probe,
      Function<MemoryCharge, WasmInstance> factory,
      Supplier<@Nullable GuestStack> stack,
      IntSupplier threads,
      @Nullable GuestProgram program) {

    /** Of instances that have neither threads nor a stack of their own. */
    public Source(
        ModuleMemory memory,
        long footprint,
        @Nullable HeapProbe probe,
        Function<MemoryCharge, WasmInstance> factory) {
      this(memory, footprint, probe, factory, () -> null, () -> 0, null);
    }
  }

  /**
   * @param patience how long to wait for room in the budget
   * @param timeout how long making an instance may take, for its start function is guest code too
   */
  public InstanceMaker(
      Source source,
      Duration patience,
      Duration timeout,
      CallWatchdog watchdog,
      MemoryBudget budget) {
    this.source = source;
    this.patience = patience;
    this.timeoutTicks = CallWatchdog.ticks(timeout);
    this.watchdog = watchdog;
    this.budget = budget;
  }

  PooledInstance make() {
    return make(this.budget.admit(this.source.memory(), this.source.footprint(), this.patience));
  }

  /** One that nobody needs yet; {@code null} if there is no room to spare. */
  @Nullable PooledInstance makeSpare() {
    MemoryAccount account = this.budget.admitSpare(this.source.memory(), this.source.footprint());
    return account == null ? null : make(account);
  }

  private PooledInstance make(MemoryAccount account) {
    CallGuard guard = this.watchdog.guard(this.source.program());
    GuestStack stack = null;
    try {
      stack = this.source.stack().get();
      WasmInstance instance =
          stack == null
              ? instantiate(guard, account)
              : stack.call(() -> instantiate(guard, account));
      PooledInstance made =
          new PooledInstance(instance, guard, account, stack, this.source.program());
      made.numbered(this.made.incrementAndGet());
      return made;
    } catch (Throwable failure) {
      this.watchdog.release(guard);
      account.close();
      if (stack != null) {
        stack.close();
      }
      if (failure instanceof WasmException known) {
        throw GuestStackNote.on(known, this.source.program());
      }
      throw failure;
    }
  }

  private WasmInstance instantiate(CallGuard guard, MemoryAccount account) {
    guard.enter(this.timeoutTicks);
    try {
      WasmInstance instance = this.source.factory().apply(account);
      guard.leave();
      return instance;
    } catch (Throwable failure) {
      if (guard.leave()) {
        throw new WasmExecutionException(
            WasmErrorCategory.TIMEOUT,
            "the start function of the module ran past the deadline and was stopped: it may take %d ms (limits.timeout)"
                .formatted(CallWatchdog.millis(this.timeoutTicks)),
            failure);
      }
      throw failure;
    }
  }

  /**
   * What fails to close is let go of all the same, with the room that it had.
   *
   * @param reason for the flight recorder
   */
  void discard(PooledInstance instance, String reason) {
    long size = memorySize(instance);
    this.watchdog.release(instance.guard());
    try {
      instance.close();
    } catch (RuntimeException | Error failure) {
      logger.warn(
          "An instance of module {} could not be closed, and is forgotten",
          this.source.memory().module(),
          failure);
    } finally {
      instance.account().close();
    }
    record(reason, size);
  }

  private long memorySize(PooledInstance instance) {
    try {
      return instance.memorySize();
    } catch (RuntimeException | Error failure) {
      logger.debug(
          "The memory of an instance of {} can't be told", this.source.memory().module(), failure);
      return 0;
    }
  }

  /** The recorder may lack room on the stack or in the heap. */
  private void record(String reason, long size) {
    ModuleMemory memory = this.source.memory();
    try {
      FlightLog.get().discarded(memory.module(), memory.version(), reason, size);
    } catch (RuntimeException | Error failure) {
      logger.debug("A discarded instance of {} is not recorded", memory.module(), failure);
    }
  }

  CallWatchdog watchdog() {
    return this.watchdog;
  }

  @Nullable HeapProbe probe() {
    return this.source.probe();
  }

  /** See {@link ModuleMemory#mostKept}. */
  long mostKept() {
    return this.source.memory().mostKept();
  }

  MemoryStats memory() {
    return this.budget.stats(this.source.memory());
  }

  /** How many threads their guests have at the moment. */
  int threads() {
    return this.source.threads().getAsInt();
  }

  /** How many were made, ever. */
  long made() {
    return this.made.get();
  }
}
