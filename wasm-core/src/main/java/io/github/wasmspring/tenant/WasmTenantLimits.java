package io.github.wasmspring.tenant;

import java.time.Duration;

/**
 * What one tenant may have of all modules together.
 *
 * @param calls how many calls it may have at a time; those that answer later count while they wait
 *     too, and open sessions as one each; 0 for no limit
 * @param cpuTime how much processor time its guests may use in each interval of the settings, zero
 *     for no limit
 * @param memory how many bytes the instances may have together that run its calls, 0 for no limit
 * @param share how much of what all wait for it gets, in proportion to the shares of the others: of
 *     the instances of a module and of the threads for calls that answer later
 */
public record WasmTenantLimits(int calls, Duration cpuTime, long memory, int share) {

  private static final Duration LONGEST = Duration.ofDays(365);

  /** No limits, and as much of what all wait for as everybody else. */
  public static final WasmTenantLimits NONE = new WasmTenantLimits(0, Duration.ZERO, 0, 1);

  public WasmTenantLimits {
    if (calls < 0) {
      throw new IllegalArgumentException(
          "The number of calls of a tenant must not be negative, but it is " + calls);
    }
    if (cpuTime.isNegative() || cpuTime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "The processor time of a tenant must be between nothing and a year, not " + cpuTime);
    }
    if (memory < 0) {
      throw new IllegalArgumentException(
          "The memory of a tenant must not be negative, but it is " + memory);
    }
    if (share < 1 || share > 1000) {
      throw new IllegalArgumentException(
          "The share of a tenant must be between 1 and 1000, not " + share);
    }
  }

  /** The same with so many calls at a time. */
  public WasmTenantLimits withCalls(int calls) {
    return new WasmTenantLimits(calls, this.cpuTime, this.memory, this.share);
  }

  /** The same with so much processor time in each interval. */
  public WasmTenantLimits withCpuTime(Duration cpuTime) {
    return new WasmTenantLimits(this.calls, cpuTime, this.memory, this.share);
  }

  /**
   * The same with so much memory.
   *
   * @param bytes 0 for no limit
   */
  public WasmTenantLimits withMemory(long bytes) {
    return new WasmTenantLimits(this.calls, this.cpuTime, bytes, this.share);
  }

  /** The same with another share of what all wait for. */
  public WasmTenantLimits withShare(int share) {
    return new WasmTenantLimits(this.calls, this.cpuTime, this.memory, share);
  }
}
