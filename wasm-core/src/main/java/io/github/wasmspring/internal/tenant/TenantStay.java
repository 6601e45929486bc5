package io.github.wasmspring.internal.tenant;

import io.github.wasmspring.engine.MemoryCharge;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a tenant from when it is admitted until it has ended, or a session from when it is
 * opened until its instance is given back. Pays for what the instance grows by meanwhile.
 */
public final class TenantStay implements MemoryCharge {

  private enum State {
    WAITING,
    RUNNING,
    ENDED
  }

  private final TenantAccount account;
  private final ThreadCpuClock clock;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private long held;
  private boolean holds;
  private volatile boolean refused;

  TenantStay(TenantAccount account, ThreadCpuClock clock) {
    this.account = account;
    this.clock = clock;
  }

  /** Whose it is, for those who say whose turn it is. */
  public TenantAccount account() {
    return this.account;
  }

  /**
   * A call that was to be made later gets its thread.
   *
   * @return {@code false} if it was {@linkplain #abandon given up} meanwhile
   */
  public boolean start() {
    return this.state.compareAndSet(State.WAITING, State.RUNNING);
  }

  /** Nobody wants the answer any more; a call that runs goes on until its guest is stopped. */
  public void abandon() {
    if (this.state.compareAndSet(State.WAITING, State.ENDED)) {
      this.account.ended();
    }
  }

  /** The call has ended; more than once is the same as once. */
  public void end() {
    if (this.state.getAndSet(State.ENDED) != State.ENDED) {
      letGo();
      this.account.ended();
    }
  }

  /** See {@link TenantAccount#admitAnother}. */
  public void another() {
    this.account.admitAnother();
  }

  /**
   * An instance begins to run the call.
   *
   * @param bytes that it has
   * @throws io.github.wasmspring.WasmTenantRefusedException if the tenant may not have so many
   */
  public synchronized void hold(long bytes) {
    this.account.hold(bytes);
    this.held = bytes;
    this.holds = true;
    this.refused = false;
  }

  /**
   * Whether the instance was told that there is no more memory, as the tenant may have no more; the
   * guest can't be blamed for what it did then.
   */
  public boolean wasRefused() {
    return this.refused;
  }

  /** The instance is no business of the tenant's any more. */
  public synchronized void letGo() {
    if (this.holds) {
      this.holds = false;
      this.account.letGo(this.held);
      this.held = 0;
    }
  }

  /** Threads of a guest may outlive the call by a moment; nobody pays for what they do then. */
  @Override
  public synchronized boolean add(long bytes) {
    if (!this.holds) {
      return true;
    }
    boolean room = this.account.grow(bytes);
    if (room) {
      this.held += bytes;
    } else {
      this.refused = true;
    }
    return room;
  }

  @Override
  public synchronized void subtract(long bytes) {
    if (this.holds) {
      long less = Math.min(bytes, this.held);
      this.held -= less;
      this.account.letGo(less);
    }
  }

  /** Runs a guest on this thread, and has the tenant charged with the time. */
  public <T extends @Nullable Object> T timed(Supplier<T> guest) {
    long cpu = this.clock.now();
    long wall = System.nanoTime();
    try {
      return guest.get();
    } finally {
      long took = System.nanoTime() - wall;
      this.account.ran(this.clock.since(cpu, took), took);
    }
  }

  /** The same for what has no result. */
  public void timed(Runnable work) {
    this.<@Nullable Object>timed(
        () -> {
          work.run();
          return null;
        });
  }
}
