package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.internal.split.SplitModule;
import io.github.wasmspring.internal.split.WasmSplitter;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.split.BigFunction;
import java.util.List;

/**
 * A module as classes are made of it: split, and for memories of one form.
 *
 * @param bigFunctions those that HotSpot would not compile, be it that they were split
 */
record ModuleForm(GuestModule module, List<BigFunction> bigFunctions) {

  /**
   * @param split whether big functions are to be split
   * @param growsOften whether memories get room to grow
   * @throws WasmLoadException {@code INVALID} if it is more than the JVM can have
   */
  static ModuleForm of(WasmBinary binary, boolean split, boolean growsOften, ClassNames names) {
    SplitModule used = split(binary, split, growsOften);
    ModuleFacts facts = used.isSplit() ? ModuleFacts.of(used.bytes()) : binary.facts();
    GuestModule module = new GuestModule(used.bytes(), facts, growsOften, names);
    new MethodLimits(module).check();
    return new ModuleForm(module, used.functions());
  }

  private static SplitModule split(WasmBinary binary, boolean bigFunctions, boolean growsOften) {
    ModuleFacts facts = binary.facts();
    JvmCosts costs = new JvmCosts(MemoryForm.arePlain(facts, growsOften));
    return bigFunctions
        ? WasmSplitter.split(binary.bytes(), facts, costs)
        : new SplitModule(binary.bytes(), WasmSplitter.find(binary.bytes(), facts, costs));
  }
}
