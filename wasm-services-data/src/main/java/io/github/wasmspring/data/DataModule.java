package io.github.wasmspring.data;

import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleOffer;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmResetPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Brings the module along that processes rows; found by {@link java.util.ServiceLoader}. */
public final class DataModule implements WasmModuleProvider {

  /** The id of the module. */
  public static final String ID = "data";

  private static final String VERSION = "1.0.0";
  private static final String FOLDER = "META-INF/wasm/services/data/";
  private static final String FILE = "data.wasm";
  private static final String CODE = "io.github.wasmspring.internal.data.compiled.DataCode";
  private static final int MOST_INSTANCES = 256;
  private static final long MOST_MEMORY = 2L << 30;

  @Override
  public Collection<WasmModuleOffer> offers() {
    return List.of(new WasmModuleOffer(ID, VERSION, Set.of(), true));
  }

  /**
   * Every stage of a pipeline has an instance of its own while it runs; the memory budget holds
   * them.
   */
  @Override
  public Collection<WasmModuleDescriptor> modules() {
    return List.of(
        WasmModuleDescriptor.builder(ID)
            .version(VERSION)
            .description("Filters, derives, groups, sorts and joins rows in columns")
            .tags("data", "columns", "aggregate", "join")
            .location("classpath:" + FOLDER + FILE)
            .digest(
                WasmDigest.listed(DataModule.class.getClassLoader(), FOLDER + "SHA256SUMS", FILE))
            .compiledClass(CODE)
            .classLoader(DataModule.class.getClassLoader())
            .settings(
                settings ->
                    settings
                        .limits(limits -> limits.memory(MOST_MEMORY))
                        .pool(pool -> pool.max(MOST_INSTANCES).reset(WasmResetPolicy.FRESH)))
            .build());
  }
}
