package io.github.wasmspring.internal.client;

import io.github.wasmspring.event.WasmEvent.SessionReclaimed.Reason;
import io.github.wasmspring.internal.pool.InstancePool;
import io.github.wasmspring.internal.pool.PooledInstance;
import io.github.wasmspring.internal.tenant.TenantStay;
import org.jspecify.annotations.Nullable;

/**
 * The instance that a session has, for as long as it has it. Knows nothing of the session itself,
 * so that it can outlive one that nobody has closed.
 */
final class SessionLease {

  private final String module;
  private final InstancePool pool;
  private final PooledInstance instance;
  private final @Nullable TenantStay tenant;
  private boolean busy;
  private boolean closed;
  private @Nullable Reason reclaimed;

  /**
   * @param instance borrowed from the pool
   * @param tenant whose it is while it is lent, {@code null} without tenants
   */
  SessionLease(
      String module, InstancePool pool, PooledInstance instance, @Nullable TenantStay tenant) {
    this.module = module;
    this.pool = pool;
    this.instance = instance;
    this.tenant = tenant;
  }

  /**
   * Lends the instance.
   *
   * @throws io.github.wasmspring.WasmTenantRefusedException if its tenant may not have so much
   *     memory; the instance has been given back then
   */
  void begin() {
    if (this.tenant != null) {
      try {
        this.tenant.hold(this.instance.held());
      } catch (RuntimeException refusal) {
        this.pool.release(this.instance);
        throw refusal;
      }
      this.instance.payBy(this.tenant);
    }
    this.instance.openSession();
  }

  /** Whose calls are made in it, {@code null} without tenants. */
  @Nullable TenantStay tenant() {
    return this.tenant;
  }

  boolean isOf(InstancePool other) {
    return this.pool == other;
  }

  PooledInstance instance() {
    return this.instance;
  }

  /** A call begins. */
  synchronized void enter() {
    requireOpen();
    if (this.busy) {
      throw new IllegalStateException(
          "The session of module '%s' is used by two threads at once".formatted(this.module));
    }
    this.busy = true;
  }

  /** The call has ended. */
  synchronized void leave() {
    this.busy = false;
    if (this.closed) {
      giveBack();
    } else {
      this.pool.rest(this.instance);
    }
  }

  synchronized void requireOpen() {
    if (this.reclaimed == Reason.EXPIRED) {
      throw new IllegalStateException(
          "The session of module '%s' was open for longer than pool.max-session-time, and its instance was taken away"
              .formatted(this.module));
    }
    if (this.reclaimed == Reason.REPLACED) {
      throw new IllegalStateException(
          "The session of module '%s' went on with code that has been replaced for longer than rollout.drain, and its instance was taken away; open another session"
              .formatted(this.module));
    }
    if (this.closed) {
      throw new IllegalStateException(
          "The session of module '%s' is closed, its instance has been given back"
              .formatted(this.module));
    }
    if (this.instance.isBroken()) {
      throw new IllegalStateException(
          "The instance of this session of module '%s' broke down in an earlier call; open another session"
              .formatted(this.module));
    }
  }

  synchronized void close() {
    end(null);
  }

  /**
   * Takes the instance away from the session.
   *
   * @return {@code false} if the session has given it back already
   */
  synchronized boolean reclaim(Reason why) {
    return end(why);
  }

  private boolean end(@Nullable Reason why) {
    if (this.closed) {
      return false;
    }
    this.closed = true;
    this.reclaimed = why;
    // A call that still runs gives the instance back when it ends.
    if (!this.busy) {
      giveBack();
    }
    return true;
  }

  /** Somebody may still look into the memory of an instance that was taken away: nobody gets it. */
  private void giveBack() {
    if (this.tenant != null) {
      this.instance.payBy(null);
      this.tenant.end();
    }
    if (this.reclaimed == null) {
      this.pool.release(this.instance);
    } else {
      this.pool.reclaim(this.instance);
    }
  }
}
