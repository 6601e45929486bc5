package io.github.wasmspring.internal.tenant;

import io.github.wasmspring.tenant.WasmTenantLimits;
import io.github.wasmspring.tenant.WasmTenantStatus;
import java.time.Duration;

/** Figures of tenants together. Whoever uses it sees to it that nobody else does. */
final class TenantSum {

  private int calls;
  private long memory;
  private Duration cpuTime = Duration.ZERO;
  private long admitted;
  private long refusedCalls;
  private long refusedCpuTime;
  private long refusedMemory;

  void add(WasmTenantStatus status) {
    this.calls += status.calls();
    this.memory += status.memory();
    this.cpuTime = this.cpuTime.plus(status.cpuTime());
    this.admitted += status.admitted();
    this.refusedCalls += status.refused().calls();
    this.refusedCpuTime += status.refused().cpuTime();
    this.refusedMemory += status.refused().memory();
  }

  WasmTenantStatus status(String name, WasmTenantLimits limits) {
    return new WasmTenantStatus(
        name,
        this.calls,
        this.memory,
        this.cpuTime,
        Duration.ZERO,
        this.admitted,
        new WasmTenantStatus.Refused(this.refusedCalls, this.refusedCpuTime, this.refusedMemory),
        limits);
  }
}
