package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmTenantRefusedException;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.event.Recurrences;
import io.github.wasmspring.internal.module.ShownText;
import io.github.wasmspring.internal.tenant.TenantStay;
import io.github.wasmspring.internal.tenant.TenantTable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the calls of tenants in, and tells whose were refused. */
final class TenantCalls {

  private static final Logger logger = LoggerFactory.getLogger(TenantCalls.class);

  private final Recurrences<Kind> told = new Recurrences<>();
  private final @Nullable TenantTable tenants;
  private final WasmEventPublisher events;

  private record Kind(String tenant, String limit) {}

  /**
   * @param tenants {@code null} if there are none
   */
  TenantCalls(@Nullable TenantTable tenants, WasmEventPublisher events) {
    this.tenants = tenants;
    this.events = events;
  }

  boolean areOn() {
    return this.tenants != null;
  }

  /** Whose call it is; to be asked on the caller's thread. */
  TenantCaller caller(WasmCallId call, @Nullable String given) {
    TenantTable table = this.tenants;
    if (table == null) {
      return TenantCaller.NOBODY;
    }
    try {
      return new TenantCaller(table.key(call, given), null);
    } catch (WasmException refusal) {
      return new TenantCaller(null, refusal);
    }
  }

  /** Whose call it is as far as the caller's thread knows, {@code null} if it does not. */
  @Nullable String known(WasmCallId call, @Nullable String given) {
    return this.tenants == null ? null : this.tenants.resolve(call, given);
  }

  /** Whose call it is when all have been asked. */
  TenantCaller caller(@Nullable String known) {
    TenantTable table = this.tenants;
    if (table == null) {
      return TenantCaller.NOBODY;
    }
    try {
      return new TenantCaller(table.require(known), null);
    } catch (WasmException refusal) {
      return new TenantCaller(null, refusal);
    }
  }

  /**
   * Lets a call in.
   *
   * @return {@code null} where there are no tenants
   * @throws WasmException if it may not be made
   */
  @Nullable TenantStay enter(WasmCallId call, TenantCaller caller) {
    TenantTable table = this.tenants;
    if (table == null) {
      return null;
    }
    try {
      return table.enter(caller.require());
    } catch (WasmException refusal) {
      tell(call, refusal);
      throw refusal.locate(
          new WasmErrorContext(call.module(), call.version(), call.operation(), null));
    }
  }

  /** Somebody may be told that a tenant was refused, if it is that what happened. */
  void tell(WasmCallId call, WasmException failure) {
    TenantTable table = this.tenants;
    if (table == null || !(failure instanceof WasmTenantRefusedException refusal)) {
      return;
    }
    log(call, refusal);
    long times = table.toldNow(refusal.tenant());
    if (times > 0) {
      this.events.publish(
          new WasmEvent.TenantRefused(
              call.module(),
              call.version(),
              call.operation(),
              refusal.tenant(),
              refusal.limit(),
              times));
    }
  }

  private void log(WasmCallId call, WasmTenantRefusedException refusal) {
    Recurrences.Turn turn = this.told.count(new Kind(refusal.tenant(), refusal.limit()));
    if (turn != null && turn.first()) {
      logger.warn(
          "A call of '{}' of module '{}' was refused, and more of that tenant are counted and told once a minute at most: {}",
          ShownText.of(call.operation()),
          call.module(),
          refusal.detail());
    } else if (turn != null) {
      logger.warn("{} more calls were refused, the last time: {}", turn.times(), refusal.detail());
    }
  }
}
