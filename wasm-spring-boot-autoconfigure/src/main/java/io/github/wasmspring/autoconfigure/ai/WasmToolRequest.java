package io.github.wasmspring.autoconfigure.ai;

import io.github.wasmspring.WasmCallOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a tool is called.
 *
 * @param timeout how long a module may run, {@code null} for what its settings say
 * @param tenant the key of who the call is made for, {@code null} for whom the application's {@link
 *     io.github.wasmspring.tenant.WasmTenantResolver} finds
 */
public record WasmToolRequest(@Nullable Duration timeout, @Nullable String tenant) {

  /** For a call of a module. */
  public WasmCallOptions options() {
    return new WasmCallOptions(null, this.timeout, null, this.tenant);
  }
}
