package io.github.wasmspring.code;

import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleOffer;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmResetPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Brings the module along that reads code; found by {@link java.util.ServiceLoader}. */
public final class CodeModule implements WasmModuleProvider {

  /** The id of the module. */
  public static final String ID = "code";

  private static final String VERSION = "1.0.0";
  private static final String FOLDER = "META-INF/wasm/services/code/code/";
  private static final String FILE = "code.wasm";
  private static final String CODE = "io.github.wasmspring.internal.code.compiled.CodeCode";
  private static final long MOST_MEMORY = 1L << 30;

  /** What the deepest text takes that the module reads, in code that the JVM has not compiled. */
  private static final long STACK = 16L << 20;

  @Override
  public Collection<WasmModuleOffer> offers() {
    return List.of(new WasmModuleOffer(ID, VERSION, Set.of(), true));
  }

  /** It keeps nothing from call to call, so nothing is put back. */
  @Override
  public Collection<WasmModuleDescriptor> modules() {
    return List.of(
        WasmModuleDescriptor.builder(ID)
            .version(VERSION)
            .description("Reads JavaScript and TypeScript: a tree, and all that is wrong")
            .tags("javascript", "typescript", "parser", "ast")
            .location("classpath:" + FOLDER + FILE)
            .digest(
                WasmDigest.listed(CodeModule.class.getClassLoader(), FOLDER + "SHA256SUMS", FILE))
            .compiledClass(CODE)
            .classLoader(CodeModule.class.getClassLoader())
            .settings(
                settings ->
                    settings
                        .limits(limits -> limits.memory(MOST_MEMORY).stack(STACK))
                        .pool(pool -> pool.reset(WasmResetPolicy.NONE)))
            .build());
  }
}
