package io.github.wasmspring.code;

import io.github.wasmspring.internal.code.QuickJsConvention;
import io.github.wasmspring.internal.code.QuickJsLibrary;
import io.github.wasmspring.internal.code.QuickJsLimits;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleOffer;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmPreparation;
import io.github.wasmspring.module.WasmResetPolicy;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings the module along that runs JavaScript; found by {@link java.util.ServiceLoader}. */
public final class QuickJsModule implements WasmModuleProvider {

  /** The id of the module. */
  public static final String ID = "quickjs";

  private static final String VERSION = "3.7.0";
  private static final String FOLDER = "META-INF/wasm/services/code/quickjs/";
  private static final String FILE = "quickjs.wasm";
  private static final String CODE = "io.github.wasmspring.internal.code.compiled.QuickJsCode";
  private static final long MOST_MEMORY = 256L << 20;

  /** What the JVM needs for the deepest stack of the guest. */
  private static final long HOST_STACK = 32L << 20;

  private static final int LIBRARY_STACK = QuickJsLimits.STACK;

  @Override
  public Collection<WasmModuleOffer> offers() {
    return List.of(new WasmModuleOffer(ID, VERSION, Set.of(), true));
  }

  @Override
  public Collection<WasmModuleDescriptor> modules() {
    return List.of(descriptor(ID, Map.of()));
  }

  /**
   * A module that runs JavaScript with libraries, which are loaded once.
   *
   * @param id by which {@link CodeExecutorSettings#withModule} asks for it
   * @param libraries scripts by the names of their files, evaluated in this order; what they leave
   *     in global variables is there for all code
   */
  public static WasmModuleDescriptor descriptor(String id, Map<String, String> libraries) {
    return WasmModuleDescriptor.builder(id)
        .version(VERSION)
        .description("Runs JavaScript: QuickJS-ng")
        .tags("code", "javascript")
        .location("classpath:" + FOLDER + FILE)
        .digest(
            WasmDigest.listed(QuickJsModule.class.getClassLoader(), FOLDER + "SHA256SUMS", FILE))
        .compiledClass(CODE)
        .convention(QuickJsConvention.NAME)
        .classLoader(QuickJsModule.class.getClassLoader())
        .imports(QuickJsConvention.imports())
        .prepare(preparation(libraries))
        .settings(
            settings ->
                settings
                    .quarantineFailures(0)
                    .limits(limits -> limits.memory(MOST_MEMORY).stack(HOST_STACK))
                    .pool(pool -> pool.reset(WasmResetPolicy.MEMORY)))
        .build();
  }

  /**
   * What a descriptor of the module is prepared by, for one that has it already.
   *
   * @param libraries see {@link #descriptor}
   */
  public static WasmPreparation preparation(Map<String, String> libraries) {
    QuickJsLibrary library = new QuickJsLibrary(new LinkedHashMap<>(libraries), LIBRARY_STACK);
    return instance -> QuickJsConvention.prepare(instance, library);
  }
}
