package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whose call it is, as the caller's thread knows it; goes along with a call that is made later.
 *
 * @param key {@code null} without tenants, or if it was refused
 * @param refusal why nobody may make the call, {@code null} if somebody may
 */
record TenantCaller(@Nullable String key, @Nullable WasmException refusal) {

  /** Where there are no tenants. */
  static final TenantCaller NOBODY = new TenantCaller(null, null);

  /**
   * @throws WasmException if there is none
   */
  String require() {
    if (this.refusal != null) {
      throw this.refusal;
    }
    return Objects.requireNonNull(this.key);
  }
}
