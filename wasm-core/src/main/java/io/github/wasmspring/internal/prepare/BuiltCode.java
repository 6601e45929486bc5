package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.internal.module.ShownLocation;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the build has made of modules, where the engine takes it. */
final class BuiltCode {

  private static final Logger logger = LoggerFactory.getLogger(BuiltCode.class);

  private final WasmEngine engine;
  private final CompiledModuleCache cache;

  BuiltCode(WasmEngine engine, CompiledModuleCache cache) {
    this.engine = engine;
    this.cache = cache;
  }

  /**
   * What the build has made of a module.
   *
   * @param codes of the module that is loaded, which is this one or imports from it
   * @param linked whether others import from it
   * @return {@code null} if the module is to be loaded from its location
   */
  @Nullable WasmCode of(WasmModuleDescriptor module, CodeUsers.Load codes, boolean linked) {
    String compiledClass = module.compiledClass();
    if (compiledClass == null || module.location() != null && !wantsClass(module, compiledClass)) {
      return null;
    }
    WasmCode code = this.cache.precompiled(this.engine, compiledClass, module.classLoader());
    if (code.facts() == null && (linked || importsFromOthers(module, code))) {
      if (module.location() != null) {
        return null;
      }
      throw new WasmLoadException(
          WasmErrorCategory.ENGINE,
          "the engine %s can't link a module of which there is only the class %s; give the module a location, too, or use an engine that can, such as jvm (wasm.engine.name)"
              .formatted(this.engine.name(), compiledClass),
          null);
    }
    codes.useClass(compiledClass, module.classLoader());
    return code;
  }

  private static boolean importsFromOthers(WasmModuleDescriptor module, WasmCode code) {
    return code.imports().stream()
        .anyMatch(
            item ->
                module.links().containsKey(item.module())
                    || module.dependencies().containsKey(item.module()));
  }

  private boolean wantsClass(WasmModuleDescriptor module, String compiledClass) {
    if (module.settings().engineMode() == WasmEngineMode.INTERPRETER && this.engine.interprets()) {
      return false;
    }
    boolean takes = this.engine.takesPrecompiled(compiledClass, module.classLoader());
    if (!takes) {
      logger.info(
          "The class {} of WebAssembly module {} was made for another engine than {}, or by another version of wasm-maven-plugin; the module is taken from {}",
          compiledClass,
          module,
          this.engine.name(),
          ShownLocation.of(Objects.requireNonNull(module.location())));
    }
    return takes;
  }
}
