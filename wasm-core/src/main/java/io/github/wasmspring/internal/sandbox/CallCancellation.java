package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets somebody else stop one call, wherever it is: while it waits, while Java answers it or while
 * the guest runs. Whatever is to be stopped says here that it begins and that it ends, and can't
 * end while it is being stopped. So nothing but this call is ever hit, and its thread's interrupt
 * flag is afterwards as it was before. The monitor makes it so. It may be held by a virtual thread
 * without a carrier, and the watchdog never asks for it.
 */
public final class CallCancellation {

  private @Nullable CallGuard guard;
  private @Nullable Thread waiting;
  private boolean interrupted;
  private boolean wasInterrupted;
  private volatile boolean cancelled;

  /** Stops what the call does now, and keeps it from doing anything else. */
  public synchronized void cancel() {
    if (this.cancelled) {
      return;
    }
    this.cancelled = true;
    if (this.guard != null) {
      this.guard.stop();
    } else if (this.waiting != null) {
      this.wasInterrupted = this.waiting.isInterrupted();
      this.interrupted = true;
      this.waiting.interrupt();
    }
  }

  public boolean isCancelled() {
    return this.cancelled;
  }

  /**
   * Runs something of the call that an interrupt ends early.
   *
   * @throws WasmExecutionException {@code INTERRUPTED}, before it begins, if the call has been
   *     cancelled
   */
  public <T extends @Nullable Object> T interruptibly(Supplier<T> work) {
    enter();
    try {
      return work.get();
    } finally {
      leave();
    }
  }

  private synchronized void enter() {
    if (this.cancelled) {
      throw failure(null);
    }
    this.waiting = Thread.currentThread();
  }

  private synchronized void leave() {
    this.waiting = null;
    if (this.interrupted && !this.wasInterrupted) {
      Thread.interrupted();
    }
    this.interrupted = false;
  }

  /**
   * The guest is about to run, and its guard has been entered.
   *
   * @return {@code false} if it must not run, as the call has been cancelled
   */
  public synchronized boolean watch(CallGuard entered) {
    if (this.cancelled) {
      return false;
    }
    this.guard = entered;
    return true;
  }

  /** The guest has ended, and its guard is about to be left. */
  public synchronized void unwatch() {
    this.guard = null;
  }

  /** What a cancelled call ends with. */
  public static WasmExecutionException failure(@Nullable Throwable cause) {
    return new WasmExecutionException(
        WasmErrorCategory.INTERRUPTED, "the call was cancelled", cause);
  }
}
