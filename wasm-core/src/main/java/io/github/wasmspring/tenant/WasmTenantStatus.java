package io.github.wasmspring.tenant;

import java.time.Duration;

/**
 * What a tenant has now, and has had.
 *
 * @param tenant its key
 * @param calls how many calls it has now, waiting ones and sessions included
 * @param memory how many bytes the instances have that run its calls now
 * @param cpuTime how much processor time its guests have used so far
 * @param cpuTimeLeft how much it may use now; negative if it has used more than it may, zero
 *     without a limit
 * @param admitted how many of its calls were let in so far; one that was refused memory afterwards
 *     is among them
 * @param refused how many were not, and why
 * @param limits what it may have
 */
public record WasmTenantStatus(
    String tenant,
    int calls,
    long memory,
    Duration cpuTime,
    Duration cpuTimeLeft,
    long admitted,
    Refused refused,
    WasmTenantLimits limits) {

  /**
   * How many calls were not made.
   *
   * @param calls because there were too many at a time
   * @param cpuTime because guests had used too much processor time
   * @param memory because instances had too much memory; growth of memory that a guest was refused
   *     while it ran counts too
   */
  public record Refused(long calls, long cpuTime, long memory) {

    public long all() {
      return this.calls + this.cpuTime + this.memory;
    }
  }
}
