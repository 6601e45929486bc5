package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmResetPolicy;
import java.util.Collection;
import java.util.List;

/** Found on the class path by every test of this module. */
public final class TestModuleProvider implements WasmModuleProvider {

  static final String DIGEST =
      "sha256:c0703b5a235a3acb9277ca183985f364ec431b7f9ce80e6ce1614ae9183a2829";

  @Override
  public Collection<WasmModuleDescriptor> modules() {
    return List.of(
        WasmModuleDescriptor.builder("provided")
            .version("2.1.0")
            .description("Comes with a library")
            .tags("library")
            .location("classpath:wasm/calc.wasm")
            .digest(DIGEST)
            .type(Provided.class)
            .settings(
                settings -> settings.pool(pool -> pool.reset(WasmResetPolicy.NONE).min(0).max(3)))
            .build());
  }
}
