package io.github.wasmspring.benchmarks.compare;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.Set;
import java.util.function.Function;

/**
 * Chicory as its documentation shows it: compiled when it is instantiated, on its own memory. Where
 * there are many instances they share what was compiled, as its documentation advises.
 */
public final class DefaultChicory implements RawEngine {

  @Override
  public Set<String> names() {
    return Set.of("chicory-default");
  }

  @Override
  public RawModule load(ModuleFile file) {
    return module(Parser.parse(file.bytes()), MachineFactoryCompiler::compile);
  }

  @Override
  public RawModule loadForMany(ModuleFile file) {
    WasmModule parsed = Parser.parse(file.bytes());
    return module(parsed, MachineFactoryCompiler.compile(parsed));
  }

  private static RawModule module(WasmModule module, Function<Instance, Machine> machines) {
    return () -> new ChicoryGuest(Instance.builder(module).withMachineFactory(machines).build());
  }
}
