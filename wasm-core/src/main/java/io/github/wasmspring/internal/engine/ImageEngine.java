package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * An engine where no classes can be made: runs what the build made for it, and has another one
 * interpret all else.
 */
final class ImageEngine implements WasmEngine {

  private final WasmEngine engine;
  private final WasmEngine interpreter;

  /**
   * @param engine that runs nothing here but classes of the build
   */
  ImageEngine(WasmEngine engine, WasmEngine interpreter) {
    this.engine = engine;
    this.interpreter = interpreter;
  }

  @Override
  public void close() {
    this.engine.close();
    this.interpreter.close();
  }

  @Override
  public String name() {
    return this.engine.name();
  }

  @Override
  public boolean compiles() {
    return false;
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode) {
    return this.interpreter.compile(binary, WasmEngineMode.INTERPRETER);
  }

  @Override
  public Set<WasmFeature> features(WasmEngineMode mode) {
    return this.interpreter.features(WasmEngineMode.INTERPRETER);
  }

  @Override
  public List<WasmImportedItem> hostImports(List<WasmImportedItem> imports) {
    return this.interpreter.hostImports(imports);
  }

  @Override
  public void check(
      ModuleFacts module, Collection<? extends WasmProvidedImport> provided, Limits limits) {
    this.interpreter.check(module, provided, limits);
  }

  @Override
  public boolean takesPrecompiled(String className, ClassLoader classLoader) {
    return this.engine.takesPrecompiled(className, classLoader)
        || this.interpreter.takesPrecompiled(className, classLoader);
  }

  @Override
  public WasmCode precompiled(String className, ClassLoader classLoader) {
    WasmEngine taker =
        this.engine.takesPrecompiled(className, classLoader) ? this.engine : this.interpreter;
    return taker.precompiled(className, classLoader);
  }
}
