package io.github.wasmspring.tenant;

import io.github.wasmspring.event.WasmCallId;
import org.jspecify.annotations.Nullable;

/** Finds out who a call is made for that does not say so itself. */
@FunctionalInterface
public interface WasmTenantResolver {

  /** Knows nobody. */
  WasmTenantResolver NONE = call -> null;

  /**
   * Asked on the thread that makes the call, also if the call answers later on another one.
   *
   * @return the key of the tenant, 1 to 128 characters; {@code null} if this can't tell
   */
  @Nullable String resolve(WasmCallId call);
}
