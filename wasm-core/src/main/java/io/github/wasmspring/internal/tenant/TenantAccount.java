package io.github.wasmspring.internal.tenant;

import io.github.wasmspring.WasmTenantRefusedException;
import io.github.wasmspring.tenant.WasmTenantLimits;
import io.github.wasmspring.tenant.WasmTenantStatus;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one tenant has. Its monitor guards all of it; nothing waits and nobody else is called under
 * it.
 *
 * <p>Processor time is a bucket that holds what may be used in one interval, and fills as fast as
 * that. Guests are charged when they end, so that the bucket may be overdrawn: nothing more is
 * admitted until that is made up for, and in the long run nobody gets more than its limit.
 */
public final class TenantAccount {

  /** When calls end nobody knows. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final long TOLD_NANOS = 1_000_000_000;

  private final String tenant;
  private final String properties;
  private final WasmTenantLimits limits;
  private final long intervalNanos;
  private final long allowance;
  private final LongSupplier nanoTime;
  private int calls;
  private long memory;
  private long left;
  private long filledAt;
  private double use;
  private long usedAt;
  private long cpuNanos;
  private long admitted;
  private long refusedCalls;
  private long refusedCpuTime;
  private long refusedMemory;
  private long untold;
  private long toldAt;
  private boolean retired;

  /** Made under the monitor, and thrown outside of it, for that is what takes the time. */
  private record Refusal(String limit, String what, Duration retryAfter) {

    WasmTenantRefusedException exception(String tenant, String properties) {
      long millis = Math.max(1, (this.retryAfter.toNanos() + 999_999) / 1_000_000);
      String detail =
          "tenant '" + tenant + "' " + this.what + " (" + properties + "." + this.limit + ")";
      return new WasmTenantRefusedException(
          tenant, this.limit, detail + "; try again in " + millis + " ms", this.retryAfter);
    }
  }

  /**
   * @param properties which its limits come from, for messages
   */
  TenantAccount(
      String tenant,
      String properties,
      WasmTenantLimits limits,
      Duration interval,
      LongSupplier nanoTime) {
    this.tenant = tenant;
    this.properties = properties;
    this.limits = limits;
    this.intervalNanos = interval.toNanos();
    this.allowance = limits.cpuTime().toNanos();
    this.nanoTime = nanoTime;
    long now = nanoTime.getAsLong();
    this.left = this.allowance;
    this.filledAt = now;
    this.usedAt = now;
    this.toldAt = now - TOLD_NANOS;
  }

  String tenant() {
    return this.tenant;
  }

  /**
   * A call wants to be made.
   *
   * @return {@code false} if this account is not the tenant's any more
   * @throws WasmTenantRefusedException if the tenant has had enough
   */
  boolean admit() {
    Refusal refusal;
    synchronized (this) {
      if (this.retired) {
        return false;
      }
      refusal = refusalOfCall();
    }
    throwIfAny(refusal);
    return true;
  }

  /** The same for another call of a session, which has been admitted as a whole. */
  void admitAnother() {
    Refusal refusal;
    synchronized (this) {
      refusal = refusalByCpuTime();
      if (refusal == null) {
        this.admitted++;
      }
    }
    throwIfAny(refusal);
  }

  private @Nullable Refusal refusalOfCall() {
    Refusal refusal = refusalByCpuTime();
    if (refusal != null) {
      return refusal;
    }
    if (this.calls >= this.limits.calls() && this.limits.calls() > 0) {
      this.refusedCalls++;
      return refusal(
          "calls",
          "has "
              + this.calls
              + " calls, those that wait included, and may have "
              + this.limits.calls()
              + " at a time",
          SOON);
    }
    this.calls++;
    this.admitted++;
    return null;
  }

  private @Nullable Refusal refusalByCpuTime() {
    if (this.allowance == 0) {
      return null;
    }
    fill();
    if (this.left > 0) {
      return null;
    }
    this.refusedCpuTime++;
    long wait = (long) Math.ceil((1.0 - this.left) / this.allowance * this.intervalNanos);
    return refusal(
        "cpu-time",
        "has used "
            + -this.left / 1_000_000
            + " ms of processor time more than the "
            + this.allowance / 1_000_000
            + " ms that it may use in each "
            + this.intervalNanos / 1_000_000
            + " ms",
        Duration.ofNanos(wait));
  }

  private void fill() {
    long now = this.nanoTime.getAsLong();
    double more = (double) (now - this.filledAt) / this.intervalNanos * this.allowance;
    if (more >= 1) {
      this.left = (long) Math.min(this.allowance, this.left + more);
      this.filledAt = now;
    }
  }

  private Refusal refusal(String limit, String what, Duration retryAfter) {
    this.untold++;
    return new Refusal(limit, what, retryAfter);
  }

  private void throwIfAny(@Nullable Refusal refusal) {
    if (refusal != null) {
      throw refusal.exception(this.tenant, this.properties);
    }
  }

  /** How many refusals are to be told now, 0 if it was done within the last second. */
  synchronized long toldNow() {
    long now = this.nanoTime.getAsLong();
    if (this.untold == 0 || now - this.toldAt < TOLD_NANOS) {
      return 0;
    }
    this.toldAt = now;
    long told = this.untold;
    this.untold = 0;
    return told;
  }

  /**
   * An instance begins to run a call.
   *
   * @param bytes that it has
   * @throws WasmTenantRefusedException if that were too many
   */
  void hold(long bytes) {
    Refusal refusal = null;
    synchronized (this) {
      if (isTooMuch(bytes)) {
        this.refusedMemory++;
        refusal =
            refusal(
                "memory",
                "has "
                    + this.memory
                    + " bytes of memory in its calls and may have "
                    + this.limits.memory()
                    + ", too little for an instance of "
                    + bytes
                    + " more",
                SOON);
      } else {
        this.memory += bytes;
      }
    }
    throwIfAny(refusal);
  }

  /**
   * An instance grows while it runs a call.
   *
   * @return {@code false} if that were too much
   */
  synchronized boolean grow(long bytes) {
    if (isTooMuch(bytes)) {
      this.refusedMemory++;
      return false;
    }
    this.memory += bytes;
    return true;
  }

  private boolean isTooMuch(long bytes) {
    return this.limits.memory() > 0 && bytes > this.limits.memory() - this.memory;
  }

  synchronized void letGo(long bytes) {
    this.memory -= bytes;
  }

  /** A guest has run. */
  synchronized void ran(long cpu, long wall) {
    long now = this.nanoTime.getAsLong();
    this.use = faded(now) + wall;
    this.usedAt = now;
    this.cpuNanos += cpu;
    if (this.allowance > 0) {
      fill();
      this.left -= cpu;
    }
  }

  synchronized void ended() {
    this.calls--;
  }

  /**
   * How much it has had of late for its share; who has had the least goes first. What it has had
   * counts by half after each interval, so that nobody saves up and nobody pays for ever.
   *
   * @param now by {@link System#nanoTime()}
   */
  public synchronized double recentUse(long now) {
    return faded(now) / this.limits.share();
  }

  private double faded(long now) {
    return this.use == 0
        ? 0
        : this.use * Math.pow(0.5, (double) Math.max(0, now - this.usedAt) / this.intervalNanos);
  }

  /** Gives it up if it is as a new one would be, but for what it has had. */
  synchronized boolean retireIfIdle() {
    if (this.calls == 0 && this.memory == 0) {
      fill();
      this.retired = this.left >= this.allowance;
    }
    return this.retired;
  }

  synchronized WasmTenantStatus status() {
    if (this.allowance > 0) {
      fill();
    }
    return new WasmTenantStatus(
        this.tenant,
        this.calls,
        this.memory,
        Duration.ofNanos(this.cpuNanos),
        Duration.ofNanos(this.left),
        this.admitted,
        new WasmTenantStatus.Refused(this.refusedCalls, this.refusedCpuTime, this.refusedMemory),
        this.limits);
  }
}
