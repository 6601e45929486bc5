package io.github.wasmspring.code;

import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleOffer;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmResetPolicy;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;

/**
 * Brings the modules of dprint along that format code; found by {@link java.util.ServiceLoader}.
 */
public final class CodeFormatModules implements WasmModuleProvider {

  /** The id of the module for JavaScript, TypeScript and their elements. */
  public static final String TYPESCRIPT = "dprint-typescript";

  /** The id of the module for JSON. */
  public static final String JSON = "dprint-json";

  /** The id of the module for Markdown. */
  public static final String MARKDOWN = "dprint-markdown";

  private static final String FOLDER = "META-INF/wasm/services/code/";

  /** About the text a hundred times: the largest that a formatter takes by default. */
  private static final long MOST_MEMORY = 512L << 20;

  /** An instance that has formatted a large text is not thrown away for that. */
  private static final long USUAL_MEMORY = 64L << 20;

  @Override
  public Collection<WasmModuleOffer> offers() {
    return Arrays.stream(DprintPlugin.values())
        .map(plugin -> new WasmModuleOffer(plugin.module(), plugin.version(), Set.of(), true))
        .toList();
  }

  @Override
  public Collection<WasmModuleDescriptor> modules() {
    return Arrays.stream(DprintPlugin.values()).map(CodeFormatModules::descriptor).toList();
  }

  private static WasmModuleDescriptor descriptor(DprintPlugin plugin) {
    String id = plugin.module();
    WasmModuleDescriptor.Builder module =
        WasmModuleDescriptor.builder(id)
            .version(plugin.version())
            .description("Formats " + plugin.languages())
            .tags("code", "format", "dprint")
            .location("classpath:" + FOLDER + id + "/" + id + ".wasm")
            .digest(
                WasmDigest.listed(
                    CodeFormatModules.class.getClassLoader(),
                    FOLDER + id + "/SHA256SUMS",
                    id + ".wasm"))
            .compiledClass(plugin.compiledClass())
            .classLoader(CodeFormatModules.class.getClassLoader())
            .settings(
                settings ->
                    settings
                        .limits(limits -> limits.memory(MOST_MEMORY))
                        .pool(
                            pool -> pool.reset(WasmResetPolicy.MEMORY).recycleAbove(USUAL_MEMORY)));
    if (plugin == DprintPlugin.MARKDOWN) {
      DprintHost.imports().forEach(module::imports);
    }
    return module.build();
  }
}
