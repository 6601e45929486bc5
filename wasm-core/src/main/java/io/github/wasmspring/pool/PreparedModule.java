package io.github.wasmspring.pool;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A module that can be called.
 *
 * @param descriptor what it is
 * @param code what it runs
 * @param digest of its bytes, {@code null} if only build-time compiled code is known
 * @param pool its instances
 */
public record PreparedModule(
    WasmModuleDescriptor descriptor, WasmCode code, @Nullable String digest, InstancePool pool)
    implements AutoCloseable {

  @Override
  public void close() {
    this.pool.close();
  }
}
