package io.github.wasmspring.vector;

import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleOffer;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmResetPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Brings the module along that keeps vectors; found by {@link java.util.ServiceLoader}. */
public final class VectorModule implements WasmModuleProvider {

  /** The id of the module. */
  public static final String ID = "vector";

  private static final String VERSION = "1.0.0";
  private static final String FOLDER = "META-INF/wasm/services/vector/";
  private static final String FILE = "vector.wasm";
  private static final String CODE = "io.github.wasmspring.internal.vector.compiled.VectorCode";
  private static final int MOST_INSTANCES = 256;
  private static final long MOST_MEMORY = 2L << 30;

  @Override
  public Collection<WasmModuleOffer> offers() {
    return List.of(new WasmModuleOffer(ID, VERSION, Set.of(), true));
  }

  /**
   * Every index has instances of its own, for as long as it lives; the memory budget holds them.
   */
  @Override
  public Collection<WasmModuleDescriptor> modules() {
    return List.of(
        WasmModuleDescriptor.builder(ID)
            .version(VERSION)
            .description("Keeps and searches vectors: exact, and by an HNSW graph")
            .tags("vector", "search", "similarity", "hnsw")
            .location("classpath:" + FOLDER + FILE)
            .digest(
                WasmDigest.listed(VectorModule.class.getClassLoader(), FOLDER + "SHA256SUMS", FILE))
            .compiledClass(CODE)
            .classLoader(VectorModule.class.getClassLoader())
            .settings(
                settings ->
                    settings
                        .limits(limits -> limits.memory(MOST_MEMORY))
                        .pool(pool -> pool.max(MOST_INSTANCES).reset(WasmResetPolicy.FRESH)))
            .build());
  }
}
