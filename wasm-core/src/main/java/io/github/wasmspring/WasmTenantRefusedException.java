package io.github.wasmspring;

import java.time.Duration;

/**
 * A tenant has had what it may have for now, and its call is not made: {@code REJECTED}. No guest
 * code has run, nothing is tried again and no Java fallback answers, for that would be a way around
 * the limit. It has no stack trace: who is refused comes again at once, and to refuse must cost
 * others as little as can be.
 */
public final class WasmTenantRefusedException extends WasmException {

  private final String tenant;
  private final String limit;
  private final Duration retryAfter;

  /**
   * @param limit which it has reached: {@code calls}, {@code cpu-time} or {@code memory}
   * @param retryAfter when the same call may be made, as far as that can be known
   */
  public WasmTenantRefusedException(
      String tenant, String limit, String detail, Duration retryAfter) {
    super(WasmErrorCategory.REJECTED, detail, null, false);
    this.tenant = tenant;
    this.limit = limit;
    this.retryAfter = retryAfter;
  }

  /** The key of the tenant. */
  public String tenant() {
    return this.tenant;
  }

  /** Which limit it has reached: {@code calls}, {@code cpu-time} or {@code memory}. */
  public String limit() {
    return this.limit;
  }

  /**
   * When the same call may be made. Exact for {@code cpu-time}; for the other limits, which end
   * when other calls of the tenant do, it is a second.
   */
  public Duration retryAfter() {
    return this.retryAfter;
  }
}
