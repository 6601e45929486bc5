package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.internal.pool.InstancePool;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.prepare.WasmLink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A module that can be called.
 *
 * @param descriptor what it is
 * @param code what it runs
 * @param provenance where it comes from
 * @param pool its instances
 * @param tier what becomes of the code
 * @param links the modules that its instances are linked with
 * @param onClose what else is to be done when it is let go of
 */
public record PreparedModule(
    WasmModuleDescriptor descriptor,
    WasmCode code,
    Provenance provenance,
    InstancePool pool,
    ModuleTier tier,
    List<WasmLink> links,
    Runnable onClose)
    implements AutoCloseable {

  /** Of its bytes, {@code null} if only build-time compiled code is known. */
  public @Nullable String digest() {
    return this.provenance.digest();
  }

  @Override
  public void close() {
    this.pool.close();
    this.onClose.run();
  }
}
