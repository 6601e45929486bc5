package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.internal.engine.jvm.code.FunctionCompiler;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.VectorUse;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.split.BigFunction;
import java.util.function.Consumer;

/**
 * A module as classes are made of it, for memories of one form.
 *
 * @param functions makes methods of its functions
 */
record ModuleForm(GuestModule module, FunctionMaker functions) {

  /**
   * @param split whether big functions are to be split
   * @param growsOften whether memories get room to grow
   * @param linksGlobals whether other instances have globals that are imported and can be set
   * @param vectors what they are in code
   * @param joinsComparisons see {@link FunctionCompiler}
   * @param big is told of functions that HotSpot would not compile, when methods are made of them
   */
  static ModuleForm of(
      WasmBinary binary,
      boolean split,
      boolean growsOften,
      boolean linksGlobals,
      VectorUse vectors,
      ClassNames names,
      boolean joinsComparisons,
      Consumer<BigFunction> big) {
    GuestModule module =
        GuestModule.of(
            binary.bytes(), binary.facts(), split, growsOften, linksGlobals, vectors, names);
    return new ModuleForm(module, new FunctionMaker(module, joinsComparisons, big));
  }

  /**
   * @throws WasmLoadException {@code INVALID} if it is more than the JVM can have
   */
  void check() {
    new ModuleLimits(this.module, this.functions).check();
  }
}
