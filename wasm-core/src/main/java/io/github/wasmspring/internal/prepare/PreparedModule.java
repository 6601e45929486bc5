package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.internal.pool.InstancePool;
import io.github.wasmspring.module.WasmModuleDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A module that can be called.
 *
 * @param descriptor what it is
 * @param code what it runs
 * @param digest of its bytes, {@code null} if only build-time compiled code is known
 * @param pool its instances
 * @param tier what becomes of the code
 * @param onClose what else is to be done when it is let go of
 */
public record PreparedModule(
    WasmModuleDescriptor descriptor,
    WasmCode code,
    @Nullable String digest,
    InstancePool pool,
    ModuleTier tier,
    Runnable onClose)
    implements AutoCloseable {

  @Override
  public void close() {
    this.pool.close();
    this.onClose.run();
  }
}
