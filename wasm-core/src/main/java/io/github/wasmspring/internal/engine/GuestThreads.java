package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.engine.WasmGuestExit;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that one instance has started during a call. The call is over when all of them are;
 * when one of them fails the call fails, and when the call fails they are stopped. So whoever
 * watches over the call watches over them.
 */
public final class GuestThreads {

  /** What a guest gets for a thread that it can't have: {@code EAGAIN} of WASI, negative. */
  public static final int REFUSED = -6;

  /** As wasi-threads has it, so that guests can use the bits above. */
  private static final int LAST_ID = 0x1fffffff;

  /** Guest code stops within a few milliseconds; a host function may not stop at all. */
  private static final long STOPPING_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  /** One thread of the guest. */
  public interface Body {

    /**
     * Sees to it that there is room for another thread.
     *
     * @return whether there is
     */
    boolean reserve();

    void run(GuestThreads threads, int id, int argument);

    void release();

    /** What a call fails with that an engine ends by {@code failure}. */
    WasmException failed(Throwable failure);

    /** What ends guest code whose thread is to stop. */
    RuntimeException interrupted(String detail);
  }

  private final ThreadFactory factory;
  private final int most;
  private final Body body;
  private final ReentrantLock hostTurn = new ReentrantLock(true);
  private final Set<Thread> running = new HashSet<>();
  private int lastId;
  private @Nullable Thread caller;
  private boolean callerInterrupted;
  private volatile @Nullable WasmException failure;
  private volatile boolean stopping;

  /**
   * @param most how many there may be at a time
   */
  public GuestThreads(ThreadFactory factory, int most, Body body) {
    this.factory = factory;
    this.most = most;
    this.body = body;
  }

  /**
   * Starts a thread, for the caller of the instance or one of its threads.
   *
   * @return its number, from 1 on, or {@link #REFUSED}
   */
  public synchronized int start(int argument) {
    if (!this.running.contains(Thread.currentThread())) {
      this.caller = Thread.currentThread();
    }
    if (this.stopping || this.running.size() >= this.most || !this.body.reserve()) {
      return REFUSED;
    }
    int id = this.lastId % LAST_ID + 1;
    this.lastId = id;
    Thread thread = this.factory.newThread(() -> run(id, argument));
    this.running.add(thread);
    try {
      thread.start();
      return id;
    } catch (OutOfMemoryError noMoreThreads) {
      this.running.remove(thread);
      this.body.release();
      return REFUSED;
    }
  }

  private void run(int id, int argument) {
    WasmException failed = null;
    try {
      this.body.run(this, id, argument);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError thrown) {
      failed = this.body.failed(thrown);
    } catch (Error broken) {
      failed =
          new WasmExecutionException(
              WasmErrorCategory.ENGINE, "the engine failed: " + broken, broken);
    } finally {
      this.body.release();
      ended(id, failed);
    }
  }

  private synchronized void ended(int id, @Nullable WasmException failed) {
    this.running.remove(Thread.currentThread());
    if (failed != null && this.failure == null && !this.stopping) {
      this.failure = named(id, failed);
      interruptCaller();
    }
    notifyAll();
  }

  private static WasmException named(int id, WasmException failed) {
    return failed.getCause() instanceof WasmGuestExit
        ? failed
        : new WasmExecutionException(
            failed.category(),
            "in thread %d of the guest: %s".formatted(id, failed.detail()),
            failed);
  }

  /** It may be in guest code that waits for the thread which has failed. */
  private void interruptCaller() {
    if (this.caller != null && !this.caller.isInterrupted()) {
      this.callerInterrupted = true;
      this.caller.interrupt();
    }
  }

  /**
   * Makes a call, which is over when all threads are. When it fails they are stopped, and what one
   * of them failed with comes before what the caller failed with because of it.
   *
   * @param program whether it is a program, which is over when its main function is
   */
  public long[] call(boolean program, Supplier<long[]> function) {
    boolean over = false;
    try {
      long[] results = function.get();
      if (!program) {
        awaitAll();
        over = true;
      }
      return results;
    } finally {
      if (!over) {
        stopAll();
      }
    }
  }

  private void awaitAll() {
    try {
      await();
    } catch (WasmException failed) {
      throw failed;
    } catch (RuntimeException interrupted) {
      throw this.body.failed(interrupted);
    }
  }

  private void stopAll() {
    WasmException failed = stop();
    if (failed != null) {
      throw failed;
    }
  }

  /**
   * The call has come to an answer: waits until all threads have ended.
   *
   * @throws WasmException what one of them failed with
   * @throws RuntimeException of {@link Body#interrupted} if the calling thread was interrupted
   *     meanwhile
   */
  public synchronized void await() {
    try {
      while (!this.running.isEmpty() && this.failure == null) {
        wait();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      if (this.failure == null) {
        throw this.body.interrupted(
            "Thread interrupted while %d threads of the guest ran on"
                .formatted(this.running.size()));
      }
    }
    WasmException failed = this.failure;
    if (failed != null) {
      throw failed;
    }
    leave();
  }

  /**
   * The call has failed: stops all threads.
   *
   * @return what the call failed with, if it was one of them
   */
  public synchronized @Nullable WasmException stop() {
    this.stopping = true;
    boolean interrupted = false;
    long deadline = System.nanoTime() + STOPPING_NANOS;
    while (!this.running.isEmpty() && System.nanoTime() - deadline < 0) {
      this.running.forEach(Thread::interrupt);
      try {
        wait(1);
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    leave();
    WasmException failed = this.failure;
    if (this.running.isEmpty()) {
      this.failure = null;
      this.stopping = false;
    }
    return failed;
  }

  private void leave() {
    this.caller = null;
    if (this.callerInterrupted) {
      this.callerInterrupted = false;
      Thread.interrupted();
    }
  }

  /** Whether every thread has ended. */
  public synchronized boolean areOver() {
    return this.running.isEmpty();
  }

  /** The host's functions are made for one thread at a time. */
  public void enterHost() {
    try {
      this.hostTurn.lockInterruptibly();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw this.body.interrupted("Thread interrupted");
    }
  }

  /** A host function may have swallowed the interrupt that should have stopped its thread. */
  public void leaveHost() {
    this.hostTurn.unlock();
    if (this.stopping || this.failure != null) {
      throw this.body.interrupted("Thread interrupted");
    }
  }
}
